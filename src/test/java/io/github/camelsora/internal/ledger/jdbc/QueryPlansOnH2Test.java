package io.github.camelsora.internal.ledger.jdbc;

import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;

class QueryPlansOnH2Test extends QueryPlansContract {

    @Override
    DataSource emptyDatabase() {
        return JdbcConnectionPool.create("jdbc:h2:mem:plans;DB_CLOSE_DELAY=-1", "sa", "");
    }

    @Override
    String numbers() {
        return "SYSTEM_RANGE(1, 100000)";
    }

    @Override
    boolean hasGenericPlans() {
        return false;
    }

    // H2 names the index that it goes by, also when it goes through all of it. One that it goes by in the order of the
    // answer it leaves
    // at the limit; the lines read show that.
    @Override
    boolean readsAll(String plan) {
        String read = plan.contains("/* index sorted */") ? plan.replace("SORA_TASK_NEWEST */", "") : plan;
        return read.contains("SORA_TASK.tableScan") || read.matches("(?s).*SORA_TASK\\w* \\*/.*");
    }

    @Override
    Pattern linesRead() {
        return Pattern.compile("scanCount: (\\d+)");
    }
}
