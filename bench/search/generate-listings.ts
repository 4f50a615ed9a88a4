import { CAPABILITY_IDS, idSkeleton, PERMISSIONS, TAXONOMY } from "@kosmarket/kit";
import { classesOf } from "#lib/catalog/index.ts";

/** What a listing of the benchmark says; ids, versions and dates are made where it is inserted. */
export interface GeneratedListing {
  slug: string;
  skeleton: string;
  kind: string;
  type: string;
  publisher: number;
  name: string;
  summary: string;
  readme: string;
  license: string;
  tags: string[];
  capabilities: string[];
  classes: string[];
  permissions: string[];
  trust: string;
  downloads: number;
}

const FIRST = "amber aspen birch cobalt copper coral crimson delta dune ember falcon fern fjord flint glacier granite harvest hazel heron indigo iris ivory jade jasper juniper kelp kestrel larch linden lotus lunar maple marble meadow nimbus north ochre onyx opal orbit osprey pebble pine polar prairie quartz raven river saffron sage sierra slate solar sparrow thistle timber tundra umber velvet willow".split(" ");
const SECOND = "anchor archive atlas beacon bridge canvas cipher compass composer conductor courier dialog drift echo engine fabric filter forge garden gateway harbour index journal kiln ladder lantern ledger lens loom mentor mirror narrator notes orchard outline palette parser pilot planner press prism query relay reader scribe scout sentinel signal spindle summary tower tracer translator tutor vault voice weaver window writer".split(" ");
const THIRD = "agent bot box bridge cloud connect core desk flow hub kit lab lite mate mini node one pack plus pro runner sense server space studio sync tool works zone".split(" ");
/** By falling frequency: the first of them stand in more than a third of all texts, as such words do in a real registry. */
const COMMON = "model assistant local service text data plugin api host image audio stream token search vector prompt file request language memory endpoint open server task user storage tool answer config document agent network speech event library video permission version release format page query code schema voice embedding index cache pipeline workflow session message report sound music chart table note calendar mail record summary translation review report picture graph folder timer project library sentence keyword sample frame metric snapshot template channel notebook account signature archive editor terminal camera microphone speaker battery sensor weather recipe travel invoice contract lecture podcast subtitle caption transcript sketch palette shader texture melody rhythm chord lyric poem novel essay grammar spelling dictionary thesaurus citation footnote bibliography".split(" ");
const SYLLABLES = "ba be bi bo da de di do fa fe fi fo ga ge gi go ka ke ki ko la le li lo ma me mi mo na ne ni no pa pe pi po ra re ri ro sa se si so ta te ti to va ve vi vo za ze zi zo".split(" ");
const LICENSES = ["Apache-2.0", "MIT", "MIT", "MIT", "BSD-3-Clause", "GPL-3.0-only", "MPL-2.0", "ISC", "AGPL-3.0-only"];
export const RARE_WORDS = 20_000;
export const PUBLISHERS = 2_000;

/** The listing at `index`: always the same one, so that runs and machines compare. At most 104,400 differ in their id. */
export function generateListing(index: number): GeneratedListing {
  const random = randomOf(index + 1);
  // A step that is prime to the number of triples visits each of them once.
  const place = (index * 7_919) % (FIRST.length * SECOND.length * THIRD.length);
  const parts = [pick(FIRST, place), pick(SECOND, Math.floor(place / FIRST.length)), pick(THIRD, Math.floor(place / (FIRST.length * SECOND.length)))];
  const capabilities = some(random, CAPABILITY_IDS, 1 + Math.floor(random() * 3));
  const service = random() < 0.25;
  const subject = text(random, 3);
  return {
    slug: parts.join("-"),
    skeleton: idSkeleton(parts.join("-")),
    kind: service ? "service" : "plugin",
    type: service ? pick(TAXONOMY.types, Math.floor(random() * (TAXONOMY.types.length - 1))).id : "user_plugin",
    publisher: Math.floor(PUBLISHERS * random() ** 2),
    name: parts.map((part) => `${part.charAt(0).toUpperCase()}${part.slice(1)}`).join(" "),
    summary: `${capabilities[0]?.replaceAll("_", " ")} with ${subject}`,
    readme: `# ${parts.join(" ")}\n\n${text(random, 4)} ${rareWords(random, 50)}\n\n## Use\n\n${text(random, 4)} ${rareWords(random, 50)}\n`,
    license: pick(LICENSES, Math.floor(random() * LICENSES.length)),
    tags: some(random, COMMON, 2),
    capabilities,
    classes: classesOf(capabilities),
    permissions: some(random, PERMISSIONS.map(({ id }) => id), Math.floor(random() * 4)),
    trust: random() < 0.9 ? "unverified" : "trusted",
    downloads: Math.floor(40 / (random() + 0.0005)),
  };
}

/** One of the words that only a few texts hold; the higher the number, the fewer: of 100,000 listings from about a third down to some fifty. */
export function rareWord(number: number): string {
  return `${[number % 50, Math.floor(number / 50) % 50, Math.floor(number / 2500)].map((place) => pick(SYLLABLES, place)).join("")}x`;
}

/** Numbers from 0 to 1 that follow from the seed (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = Math.imul(seed, 0x9e3779b1) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Words by Zipf's law: the n-th is about 1/n as frequent as the first. */
function text(random: () => number, words: number): string {
  return Array.from({ length: words }, () => pick(COMMON, Math.floor(COMMON.length ** random()) - 1)).join(" ");
}

function rareWords(random: () => number, words: number): string {
  return Array.from({ length: words }, () => rareWord(Math.floor(RARE_WORDS ** random()) - 1)).join(" ");
}

function some(random: () => number, from: readonly string[], count: number): string[] {
  return [...new Set(Array.from({ length: count }, () => pick(from, Math.floor(from.length * random() ** 1.6))))];
}

function pick<T>(from: readonly T[], index: number): T {
  return from[index % from.length] as T;
}
