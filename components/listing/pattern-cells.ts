/**
 * The pattern of an id: a field of 5 × 5 dots, mirrored left to right, each large, small or absent. The same id
 * always gives the same pattern (FNV-1a over its characters, http://www.isthe.com/chongo/tech/comp/fnv/).
 */
export function patternCells(id: string): readonly { x: number; y: number; large: boolean }[] {
  let state = 0x811c9dc5;
  for (const character of id) state = mix(state, character.codePointAt(0) ?? 0);
  const cells = [];
  for (let y = 0; y < 5; y += 1) {
    for (let x = 0; x < 3; x += 1) {
      state = mix(state, y * 3 + x);
      const level = (state >>> 13) % 5;
      if (level === 0) continue;
      cells.push({ x, y, large: level > 2 });
      if (x < 2) cells.push({ x: 4 - x, y, large: level > 2 });
    }
  }
  return cells;
}

function mix(state: number, value: number): number {
  return Math.imul(state ^ value, 0x01000193) >>> 0;
}
