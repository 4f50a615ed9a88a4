import { splitWords } from "./split-words.ts";

/** An inverted index; plain JSON, so that it can be kept. */
export interface SearchIndex {
  files: { path: string; words: number }[];
  /** Word → pairs of [place in `files`, times it occurs there]. */
  postings: Record<string, [file: number, count: number][]>;
}

export interface TextFile {
  path: string;
  text: string;
}

/** Indexes the words of files and of their paths. */
export function buildIndex(files: readonly TextFile[]): SearchIndex {
  // No prototype: "constructor" is a word like any other.
  const postings: SearchIndex["postings"] = Object.create(null);
  const indexed = files.map((file, place) => {
    const words = splitWords(`${file.path}\n${file.text}`);
    const counts = new Map<string, number>();
    for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
    for (const [word, count] of counts) (postings[word] ??= []).push([place, count]);
    return { path: file.path, words: words.length };
  });
  return { files: indexed, postings };
}
