package io.github.camelsora.internal.ledger.jdbc;

import io.github.camelsora.support.Postgres;
import java.util.regex.Pattern;
import javax.sql.DataSource;

class QueryPlansOnPostgresTest extends QueryPlansContract {

    @Override
    DataSource emptyDatabase() {
        return Postgres.freshDatabase();
    }

    @Override
    String numbers() {
        return "generate_series(1, 100000) AS numbers(x)";
    }

    @Override
    boolean hasGenericPlans() {
        return true;
    }

    @Override
    boolean readsAll(String plan) {
        return plan.contains("Seq Scan on sora_task") || !plan.contains("Index");
    }

    @Override
    Pattern linesRead() {
        return Pattern.compile("(?:actual time=\\S+ rows=|Rows Removed by Filter: )(\\d+)");
    }
}
