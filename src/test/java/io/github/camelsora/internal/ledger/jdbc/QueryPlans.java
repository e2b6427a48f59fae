package io.github.camelsora.internal.ledger.jdbc;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/**
 * A data source that asks the database how it does each prepared statement, right before it does it, with the same
 * parameters: so plans are those of what a ledger really sends. What only reads is also counted while it does so.
 */
final class QueryPlans {
    private final DataSource dataSource;
    private final boolean hasGenericPlans;
    private final List<String> plans = new ArrayList<>();

    /** Generic plans are those that PostgreSQL goes over to when a statement comes often, whatever its parameters. */
    QueryPlans(DataSource dataSource, boolean hasGenericPlans) {
        this.dataSource = dataSource;
        this.hasGenericPlans = hasGenericPlans;
    }

    DataSource dataSource() {
        return proxy(DataSource.class, (proxy, method, arguments) -> {
            Object result = invoke(dataSource, method, arguments);
            return result instanceof Connection connection ? connection(connection) : result;
        });
    }

    /** The plans since the last call. */
    List<String> drain() {
        List<String> drained = List.copyOf(plans);
        plans.clear();
        return drained;
    }

    private Connection connection(Connection connection) {
        return proxy(Connection.class, (proxy, method, arguments) -> {
            Object result = invoke(connection, method, arguments);
            return result instanceof PreparedStatement statement
                    ? statement(statement, connection, (String) arguments[0])
                    : result;
        });
    }

    private PreparedStatement statement(PreparedStatement statement, Connection connection, String sql) {
        List<Object[]> parameters = new ArrayList<>();
        List<Method> setters = new ArrayList<>();
        return proxy(PreparedStatement.class, (proxy, method, arguments) -> {
            if (method.getName().startsWith("set")) {
                setters.add(method);
                parameters.add(arguments);
            } else if (method.getName().startsWith("execute")) {
                explain(connection, sql, setters, parameters);
            }
            return invoke(statement, method, arguments);
        });
    }

    private void explain(Connection connection, String sql, List<Method> setters, List<Object[]> parameters)
            throws Throwable {
        try (PreparedStatement explanation = connection.prepareStatement(explain(sql))) {
            for (int i = 0; i < setters.size(); i++) {
                invoke(explanation, setters.get(i), parameters.get(i));
            }
            plans.add(sql + "\n" + text(explanation.executeQuery()));
        }
        if (hasGenericPlans) {
            plans.add(sql + "\n" + genericPlan(connection, sql));
        }
    }

    private static String explain(String sql) {
        boolean readsOnly = sql.startsWith("SELECT") && !sql.contains("FOR UPDATE");
        return (readsOnly ? "EXPLAIN ANALYZE " : "EXPLAIN ") + sql;
    }

    private static String genericPlan(Connection connection, String sql) throws SQLException {
        String nulls = Pattern.compile("[^?]").matcher(sql).replaceAll("").replace("?", ", NULL");
        String call = nulls.isEmpty() ? "" : "(" + nulls.substring(2) + ")";
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET plan_cache_mode = force_generic_plan");
            statement.execute("PREPARE generic AS " + numbered(sql));
            try {
                return text(statement.executeQuery("EXPLAIN EXECUTE generic" + call));
            } finally {
                statement.execute("DEALLOCATE generic");
                statement.execute("RESET plan_cache_mode");
            }
        }
    }

    private static String numbered(String sql) {
        int[] number = {0};
        return Pattern.compile("\\?").matcher(sql).replaceAll(mark -> "\\$" + ++number[0]);
    }

    private static String text(ResultSet lines) throws SQLException {
        StringBuilder text = new StringBuilder();
        while (lines.next()) {
            text.append(lines.getString(1)).append('\n');
        }
        return text.toString();
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(QueryPlans.class.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static Object invoke(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
