/**
 * Cuts a transcript into pieces of at most `limit` characters, at line ends where it can,
 * so that each piece fits a model's context and the bus limit of 1 MB a message.
 */
export function splitTranscript(transcript: string, limit: number): string[] {
  if (!Number.isInteger(limit) || limit < 1) throw new RangeError(`limit must be a positive whole number, not ${limit}`);
  const pieces: string[] = [];
  let piece = "";
  for (const line of transcript.split(/\r?\n/).flatMap((text) => cutLongLine(text, limit))) {
    if (piece !== "" && piece.length + 1 + line.length > limit) {
      pieces.push(piece);
      piece = "";
    }
    piece = piece === "" ? line : `${piece}\n${line}`;
  }
  if (piece.trim() !== "") pieces.push(piece);
  return pieces;
}

function cutLongLine(line: string, limit: number): string[] {
  const parts: string[] = [];
  for (let rest = line; ; ) {
    if (rest.length <= limit) return [...parts, rest];
    const space = rest.lastIndexOf(" ", limit);
    const end = space > 0 ? space : limit;
    parts.push(rest.slice(0, end));
    rest = rest.slice(end).trimStart();
  }
}
