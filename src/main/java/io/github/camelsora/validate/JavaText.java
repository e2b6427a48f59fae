package io.github.camelsora.validate;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The text that an expression in Java stands for, as far as the file says it. */
final class JavaText {
    private final Map<String, ExpressionTree> variables;

    /**
     * Creates it for one file.
     *
     * @param variables the values of its variables; none for a variable that may have several
     */
    JavaText(Map<String, ExpressionTree> variables) {
        this.variables = variables;
    }

    /** The text, with placeholders for what the file does not say; null if it says nothing of it. */
    String of(ExpressionTree expression) {
        String text = evaluate(expression, new HashSet<>());
        return text.equals(RouteReader.UNKNOWN) ? null : text;
    }

    private String evaluate(ExpressionTree expression, Set<String> open) {
        if (expression instanceof LiteralTree literal) {
            return String.valueOf(literal.getValue());
        }
        if (expression instanceof ParenthesizedTree inner) {
            return evaluate(inner.getExpression(), open);
        }
        if (expression instanceof BinaryTree sum && sum.getKind() == Tree.Kind.PLUS) {
            return evaluate(sum.getLeftOperand(), open) + evaluate(sum.getRightOperand(), open);
        }
        if (expression instanceof IdentifierTree identifier) {
            String name = identifier.getName().toString();
            ExpressionTree value = variables.get(name);
            if (value != null && open.add(name)) {
                String text = evaluate(value, open);
                open.remove(name);
                return text;
            }
        }
        return RouteReader.UNKNOWN;
    }
}
