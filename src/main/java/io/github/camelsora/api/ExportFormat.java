package io.github.camelsora.api;

/** The format of exported records, written as users type it. */
public enum ExportFormat {
    /** A line for each record, with a header line, as in RFC 4180. */
    csv,
    /** A JSON object on a line for each record. */
    jsonl
}
