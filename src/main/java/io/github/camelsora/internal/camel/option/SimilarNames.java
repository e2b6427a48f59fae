package io.github.camelsora.internal.camel.option;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** What a user may have meant by a wrong name. */
public final class SimilarNames {
    private static final int MOST = 3;

    private SimilarNames() {}

    /**
     * Suggests names, the most similar first. Case and punctuation do not count.
     *
     * @param word the wrong name
     * @param names the right ones
     */
    public static List<String> of(String word, Collection<String> names) {
        String wanted = plain(word);
        return names.stream()
                .filter(name -> isSimilar(wanted, plain(name)))
                .sorted(Comparator.comparing(name -> distance(wanted, plain(name))))
                .limit(MOST)
                .toList();
    }

    private static boolean isSimilar(String wanted, String name) {
        return distance(wanted, name) <= 1 + name.length() / 4
                || wanted.length() > 2 && (name.contains(wanted) || wanted.contains(name));
    }

    private static String plain(String word) {
        return word.replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
    }

    /** The Levenshtein distance. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
