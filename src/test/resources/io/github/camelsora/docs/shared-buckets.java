getContext().getComponent("sora", SoraComponent.class).setBucketProxyManager(Bucket4jPostgreSQL
        .selectForUpdateBasedBuilder(getContext().getRegistry().lookupByNameAndType("database", DataSource.class))
        .primaryKeyMapper(PrimaryKeyMapper.STRING)
        .build());

from("direct:shared")
    .to("sora:remix");
