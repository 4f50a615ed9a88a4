import { rareWord } from "./generate-listings.ts";

/** A kind of question that people and programs ask of the list; `ask` makes another of its kind for each number. */
export interface QueryKind {
  name: string;
  ask: (number: number) => string;
}

const of = (...texts: string[]) => (number: number) => texts[number % texts.length] ?? "";

/** The cursor of a deep page is found by paging there, before anything is measured. */
export const DEEP = "deep page (500)";

export const QUERY_KINDS: readonly QueryKind[] = [
  { name: "hot word", ask: of("q=model", "q=assistant", "q=local", "q=service") },
  { name: "two words", ask: of("q=assistant+voice", "q=model+chart", "q=data+caption", "q=plugin+melody") },
  { name: "rare word", ask: (number) => `q=${rareWord(9_000 + ((number * 37) % 10_000))}` },
  { name: "beginning of a word", ask: of("q=trans", "q=harb", "q=spin", "q=comp") },
  { name: "typing error", ask: of("q=spindel", "q=falcn+beacon+kit", "q=amber-anchr-agent", "q=quatz+relay") },
  { name: "exact id", ask: of("q=amber-anchor-agent", "q=aspen-beacon-mate", "q=flint-composer-desk", "q=opal-index-flow") },
  { name: "no hit", ask: (number) => `q=zzqxw${"jkvq".charAt(number % 4)}zzq` },
  { name: "browse by name", ask: of("sort=name") },
  { name: "browse by update", ask: of("sort=updated") },
  { name: "browse by age", ask: of("sort=newest") },
  { name: "browse by downloads", ask: of("sort=downloads") },
  { name: "one type", ask: of("type=llm", "type=tools", "type=image_gen", "type=vector_store") },
  { name: "class and trust", ask: of("class=analysis&trust=trusted", "class=storage&trust=trusted", "class=generation&trust=unverified") },
  { name: "hot word, one type", ask: of("q=model&type=llm", "q=assistant&type=tools", "q=local&type=image_gen") },
  { name: DEEP, ask: of("sort=downloads") },
];
