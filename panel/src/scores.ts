/** The points that a notebook's check cells show. It knows no panel. */

import type { Scores } from './messages.js';

const KIND = 'application/vnd.workbook.check+json';

interface Output {
  data?: Record<string, unknown>;
}

interface Cell {
  outputs?: Output[];
  metadata?: { nbgrader?: { grade?: boolean } };
}

interface Checked {
  steps?: { step: number; points: number }[];
}

/** The points by step, from a notebook as it would be saved. */
export function scoresOf(notebook: unknown): Scores {
  const cells = (notebook as { cells?: Cell[] } | null)?.cells ?? [];
  const graded = cells.filter(cell => cell.metadata?.nbgrader?.grade === true);
  const checks = graded
    .flatMap(cell => cell.outputs ?? [])
    .map(output => output.data?.[KIND] as Checked | undefined);
  return new Map(
    checks.flatMap(check => check?.steps ?? []).map(step => [step.step, step.points])
  );
}
