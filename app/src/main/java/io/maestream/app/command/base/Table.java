package io.maestream.app.command.base;

import java.util.ArrayList;
import java.util.List;

/** Columns that line up, two blanks apart; columns of figures are flush right. */
public final class Table {
    private final List<List<String>> rows = new ArrayList<>();
    private final int columns;
    private final boolean figuresRight;

    public Table(String... headings) {
        this(true, headings);
    }

    private Table(boolean figuresRight, String... headings) {
        this.figuresRight = figuresRight;
        columns = headings.length;
        rows.add(List.of(headings));
    }

    /** One whose columns are all flush left. */
    public static Table flushLeft(String... headings) {
        return new Table(false, headings);
    }

    /** Adds a row with one cell per heading. */
    public Table row(Object... cells) {
        if (cells.length != columns) {
            throw new IllegalArgumentException("A row needs " + columns + " cells");
        }
        List<String> row = new ArrayList<>();
        for (Object cell : cells) {
            row.add(String.valueOf(cell));
        }
        rows.add(row);
        return this;
    }

    /** The lines, headings first. */
    public List<String> lines() {
        return rows.stream().map(this::line).toList();
    }

    private String line(List<String> row) {
        StringBuilder line = new StringBuilder();
        for (int c = 0; c < columns; c++) {
            String cell = row.get(c);
            String blanks = " ".repeat(width(c) - cell.length());
            line.append(isNumeric(c) ? blanks + cell : cell + blanks).append("  ");
        }
        return line.toString().stripTrailing();
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }

    private boolean isNumeric(int column) {
        return figuresRight
                && rows.size() > 1
                && rows.stream()
                        .skip(1)
                        .allMatch(
                                row -> row.get(column).matches("[-+]?[0-9][0-9.,]*( [KMGT]?i?B)?"));
    }
}
