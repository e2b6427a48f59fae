package io.github.camelsora.internal.ledger.jdbc;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.util.Map;
import javax.sql.DataSource;

/** Data sources, connections and statements of which a test answers some methods itself; the others are those of a real one. */
final class TrackedConnections {
    private TrackedConnections() {}

    /** What a method does instead. */
    interface Answer {
        Object to(Object[] arguments) throws Exception;
    }

    static DataSource dataSource(Answer getConnection) {
        return answering(DataSource.class, null, Map.of("getConnection", getConnection));
    }

    static Connection connection(Connection real, Map<String, Answer> answers) {
        return answering(Connection.class, real, answers);
    }

    static PreparedStatement statement(PreparedStatement real, Map<String, Answer> answers) {
        return answering(PreparedStatement.class, real, answers);
    }

    static DatabaseMetaData metaData(DatabaseMetaData real, Map<String, Answer> answers) {
        return answering(DatabaseMetaData.class, real, answers);
    }

    private static <T> T answering(Class<T> type, T real, Map<String, Answer> answers) {
        InvocationHandler handler = (proxy, method, arguments) -> {
            Answer answer = answers.get(method.getName());
            if (answer != null) {
                return answer.to(arguments);
            }
            try {
                return method.invoke(real, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        };
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
