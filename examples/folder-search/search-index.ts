import type { SearchIndex } from "./build-index.ts";
import { splitWords } from "./split-words.ts";

export interface Match {
  path: string;
  score: number;
}

/** How much repeats and file length weigh: the usual values of Okapi BM25 (Robertson and Zaragoza, 2009). */
const REPEAT_SATURATION = 1.2;
const LENGTH_WEIGHT = 0.75;
/** A word that only begins with the searched one counts half. */
const PREFIX_WEIGHT = 0.5;

/**
 * Finds the files that hold every word of the query, best first (BM25). The last word also matches the beginning
 * of longer words, so that results come while somebody types.
 */
export function searchIndex(index: SearchIndex, query: string, limit: number): Match[] {
  const words = [...new Set(splitWords(query))];
  if (words.length === 0) return [];
  const averageLength = index.files.reduce((sum, file) => sum + file.words, 0) / Math.max(1, index.files.length);
  const scored = words.map((word, place) => scoreWord(index, word, place === words.length - 1, averageLength));
  const [first = new Map<number, number>(), ...others] = scored;
  return [...first.keys()]
    .filter((file) => others.every((scores) => scores.has(file)))
    .map((file) => ({ path: index.files[file]?.path ?? "", score: scored.reduce((sum, scores) => sum + (scores.get(file) ?? 0), 0) }))
    .sort((a, b) => b.score - a.score || a.path.localeCompare(b.path, "en"))
    .slice(0, limit);
}

function scoreWord(index: SearchIndex, word: string, alsoPrefix: boolean, averageLength: number): Map<number, number> {
  const scores = new Map<number, number>();
  const terms = alsoPrefix ? Object.keys(index.postings).filter((term) => term.startsWith(word)) : [word];
  for (const term of terms) {
    const postings = Object.hasOwn(index.postings, term) ? (index.postings[term] ?? []) : [];
    const rarity = Math.log(1 + (index.files.length - postings.length + 0.5) / (postings.length + 0.5));
    for (const [file, count] of postings) {
      const length = 1 - LENGTH_WEIGHT + LENGTH_WEIGHT * ((index.files[file]?.words ?? 0) / averageLength);
      const score = rarity * ((count * (REPEAT_SATURATION + 1)) / (count + REPEAT_SATURATION * length)) * (term === word ? 1 : PREFIX_WEIGHT);
      scores.set(file, Math.max(scores.get(file) ?? 0, score));
    }
  }
  return scores;
}
