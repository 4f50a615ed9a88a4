/** A place that a person can go to; both count from 1, columns in UTF-16 units. */
export interface Place {
  line: number;
  column: number;
}

export interface TextPlaces {
  /** The place of an index in UTF-16 units; an index past the end is the end. */
  at(offset: number): Place;
}

/** Prepares the line table of a text: O(length) once, O(log lines) per question. */
export function makeTextPlaces(text: string): TextPlaces {
  const lineStarts = [0];
  for (let index = text.indexOf("\n"); index >= 0; index = text.indexOf("\n", index + 1)) lineStarts.push(index + 1);
  return {
    at(offset) {
      const within = Math.max(0, Math.min(offset, text.length));
      const line = lastStartAtOrBefore(lineStarts, within);
      return { line: line + 1, column: within - (lineStarts[line] ?? 0) + 1 };
    },
  };
}

function lastStartAtOrBefore(lineStarts: readonly number[], offset: number): number {
  let low = 0;
  let high = lineStarts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((lineStarts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
