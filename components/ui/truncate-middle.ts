/** Keeps `head` characters of the start and `tail` of the end, with an ellipsis between; short values stay whole. */
export function truncateMiddle(value: string, head: number, tail: number): string {
  return value.length <= head + tail + 1 ? value : `${value.slice(0, head)}…${value.slice(value.length - tail)}`;
}
