package io.github.camelsora.internal.camel.key;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Mutations of valid inputs: bytes flipped, cut, doubled, moved, and pieces that have
 * broken readers before. The same for the same seed.
 */
public final class Mutations {
    private static final int MOST_STEPS = 6;
    private static final int LONGEST = 2_000;

    private final Random random;
    private final List<byte[]> seeds;
    private final List<byte[]> pieces;

    /** Mutations of some inputs, with pieces to put in. */
    public Mutations(long seed, List<String> seeds, List<String> pieces) {
        this.random = new Random(seed);
        this.seeds = bytes(seeds);
        this.pieces = bytes(pieces);
    }

    private static List<byte[]> bytes(List<String> texts) {
        return texts.stream().map(text -> text.getBytes(StandardCharsets.UTF_8)).toList();
    }

    /** The next one; one in ten has nothing to do with any seed. */
    public byte[] next() {
        if (random.nextInt(10) == 0) {
            byte[] noise = new byte[random.nextInt(200)];
            random.nextBytes(noise);
            return noise;
        }
        byte[] input = any(seeds);
        for (int steps = 1 + random.nextInt(MOST_STEPS); steps > 0; steps--) {
            input = step(input);
        }
        return input.length > LONGEST ? Arrays.copyOf(input, LONGEST) : input;
    }

    /** The next one as text; what is no UTF-8 becomes replacement characters or, at times, any characters. */
    public String nextText() {
        byte[] bytes = next();
        return new String(bytes, random.nextBoolean() ? StandardCharsets.UTF_8 : StandardCharsets.UTF_16LE);
    }

    private byte[] step(byte[] input) {
        int at = random.nextInt(input.length + 1);
        int end = at + random.nextInt(input.length - at + 1);
        return switch (random.nextInt(8)) {
            case 0 -> Arrays.copyOf(input, at);
            case 1 -> join(Arrays.copyOf(input, at), Arrays.copyOfRange(input, end, input.length));
            case 2 -> join(Arrays.copyOf(input, end), Arrays.copyOfRange(input, at, input.length));
            case 3 -> join(Arrays.copyOfRange(input, at, input.length), Arrays.copyOf(input, at));
            case 4 -> flipped(input);
            case 5 -> join(Arrays.copyOf(input, at), any(seeds));
            default -> join(join(Arrays.copyOf(input, at), any(pieces)), Arrays.copyOfRange(input, end, input.length));
        };
    }

    private byte[] flipped(byte[] input) {
        byte[] other = input.clone();
        for (int i = 0; i < other.length && i < 1 + random.nextInt(4); i++) {
            other[random.nextInt(other.length)] = (byte) random.nextInt(256);
        }
        return other;
    }

    private byte[] any(List<byte[]> of) {
        return of.get(random.nextInt(of.size()));
    }

    private static byte[] join(byte[] first, byte[] second) {
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.writeBytes(first);
        both.writeBytes(second);
        return both.toByteArray();
    }
}
