/**
 * The candidate most likely meant by `word`, or null when none is near enough
 * (edit distance at most 2, or a third of the word for long ones). Comparison
 * ignores case and the separators `-`, `_`, `.` and blank.
 */
export function suggestNearest(word: string, candidates: Iterable<string>): string | null {
  const folded = foldWord(word.slice(0, 80));
  const limit = Math.max(1, Math.min(Math.floor(folded.length / 3), 4));
  let best: string | null = null;
  let bestDistance = limit + 1;
  for (const candidate of candidates) {
    const distance = editDistance(folded, foldWord(candidate));
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best ?? firstContinuation(folded, candidates);
}

/** A word that stops early (`bearer` for `bearer_token`) is far by edits and near by meaning. */
function firstContinuation(folded: string, candidates: Iterable<string>): string | null {
  if (folded.length < 3) return null;
  for (const candidate of candidates) if (foldWord(candidate).startsWith(folded)) return candidate;
  return null;
}

/**
 * Optimal string alignment distance: insertions, deletions, substitutions and
 * swaps of neighbours each count one. O(a·b) time, three rows of memory.
 */
export function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const cost = a[row - 1] === b[column - 1] ? 0 : 1;
      let value = Math.min(at(last, column) + 1, at(current, column - 1) + 1, at(last, column - 1) + cost);
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      if (swapped) value = Math.min(value, at(beforeLast, column - 2) + 1);
      current.push(value);
    }
    beforeLast = last;
    last = current;
  }
  return at(last, b.length);
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Number.POSITIVE_INFINITY;
}

function foldWord(word: string): string {
  return word.toLowerCase().replace(/[-_.\s]/g, "");
}
