import type { Figure } from './figures.ts';
import { isShort } from './figures.ts';

const HEADS = ['what', 'Node', 'figure', 'least', 'most', 'aim', '', 'besides'];
const TO_THE_LEFT = new Set(['what', 'Node', '', 'besides']);

/** A table of all figures, and a line for each that falls short of its aim. */
export function report(figures: readonly Figure[]): string {
  const rows = figures.map(row);
  const widths = HEADS.map((head, column) =>
    Math.max(head.length, ...rows.map((cells) => cells[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        return TO_THE_LEFT.has(HEADS[column] ?? '') ? cell.padEnd(width) : cell.padStart(width);
      })
      .join('  ')
      .trimEnd();
  return [line(HEADS), ...rows.map(line), '', ...conclusion(figures)].join('\n');
}

function row(figure: Figure): readonly string[] {
  const { what, node, value, unit, samples, aim, note = '' } = figure;
  const verdict = isShort(figure) ? 'SHORT' : 'ok';
  return [
    what,
    node,
    unit === 'times' ? digits(value) : `${digits(value)} ${unit}`,
    samples.length < 2 ? '' : digits(Math.min(...samples)),
    samples.length < 2 ? '' : digits(Math.max(...samples)),
    aim === undefined ? '' : aimText(aim),
    aim === undefined ? '' : verdict,
    note,
  ];
}

function conclusion(figures: readonly Figure[]): readonly string[] {
  const short = figures.filter(isShort);
  const aimed = figures.filter(({ aim }) => aim !== undefined).length;
  if (short.length === 0) return [`All ${aimed} figures with an aim reach it.`];
  return [
    `${short.length} of ${aimed} figures with an aim fall short:`,
    ...short.map(
      ({ what, node, value, aim }) =>
        `  ${what}, Node ${node}: ${digits(value)}${aim === undefined ? '' : `, not ${aimText(aim)}`}`,
    ),
  ];
}

const aimText = (aim: NonNullable<Figure['aim']>): string =>
  'atLeast' in aim ? `>= ${digits(aim.atLeast)}` : `<= ${digits(aim.atMost)}`;

/** Three digits that count: 0.0412, 0.40, 1.45, 15.2, 213. */
export function digits(value: number): string {
  if (value >= 100) return Math.round(value).toLocaleString('en');
  if (value >= 10) return value.toFixed(1);
  return value >= 0.1 || value <= 0 ? value.toFixed(2) : value.toPrecision(3);
}
