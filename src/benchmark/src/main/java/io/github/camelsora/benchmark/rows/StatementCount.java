package io.github.camelsora.benchmark.rows;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import javax.sql.DataSource;

/** Counts what is sent to a database: statements, and commits of transactions that are not a single statement. */
final class StatementCount {
    private final AtomicInteger statements = new AtomicInteger();
    private final AtomicInteger commits = new AtomicInteger();

    int statements() {
        return statements.get();
    }

    int commits() {
        return commits.get();
    }

    /** A data source whose connections are those of another one, and are counted here. */
    DataSource of(DataSource database) {
        return watch(DataSource.class, database, this::afterDataSource);
    }

    private Object afterDataSource(Method method, Object result) {
        return result instanceof Connection connection
                ? watch(Connection.class, connection, this::afterConnection)
                : result;
    }

    private Object afterConnection(Method method, Object result) {
        if (method.getName().equals("commit")) {
            commits.incrementAndGet();
        }
        if (result instanceof PreparedStatement statement) {
            return watch(PreparedStatement.class, statement, this::afterStatement);
        }
        return result instanceof Statement statement ? watch(Statement.class, statement, this::afterStatement) : result;
    }

    private Object afterStatement(Method method, Object result) {
        if (method.getName().startsWith("execute")) {
            statements.incrementAndGet();
        }
        return result;
    }

    private static <T> T watch(Class<T> type, T real, BiFunction<Method, Object, Object> after) {
        InvocationHandler handler = (proxy, method, arguments) -> {
            try {
                return after.apply(method, method.invoke(real, arguments));
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        };
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
