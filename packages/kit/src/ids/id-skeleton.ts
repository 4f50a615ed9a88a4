/**
 * Letters of other scripts that most fonts draw like a Latin one: the part of
 * UTS 39's confusables that survives compatibility decomposition and matters
 * for names of lower-case Latin letters and digits.
 * https://www.unicode.org/reports/tr39/#Confusable_Detection
 */
const CONFUSABLES: Readonly<Record<string, string>> = {
  а: "a", α: "a", ɑ: "a", ь: "b", в: "b", β: "b", с: "c", ϲ: "c", ԁ: "d", е: "e", ҽ: "e", є: "e", ε: "e", ƒ: "f",
  ɡ: "g", һ: "h", н: "h", η: "n", і: "i", ї: "i", ι: "i", ı: "i", ɩ: "i", ј: "j", к: "k", κ: "k", ӏ: "l", ɭ: "l",
  м: "m", п: "n", ո: "n", о: "o", ο: "o", σ: "o", օ: "o", ө: "o", ø: "o", р: "p", ρ: "p", ԛ: "q", г: "r", ѕ: "s",
  т: "t", τ: "t", υ: "u", ս: "u", ν: "v", ѵ: "v", ѡ: "w", ԝ: "w", ω: "w", х: "x", χ: "x", у: "y", γ: "y", ү: "y",
  ʐ: "z", з: "3", æ: "ae", œ: "oe", ß: "ss", đ: "d", ħ: "h", ł: "l",
};

/** Removed: marks, format characters and the separators that readers overlook. */
const IGNORED = /[\p{M}\p{Cf}\p{Z}\s._-]/gu;

/**
 * Folds an id to the form under which look-alikes are equal: NFKD, lower case,
 * no marks or separators, `0` as `o`, `1` and `i` as `l`, and Latin look-alikes
 * of other scripts, with `m` spelt `rn` as UTS 39 does. Idempotent; never throws.
 * Two ids with one skeleton cannot both be registered.
 */
export function idSkeleton(id: string): string {
  const latin = Array.from(decompose(id), (character) => CONFUSABLES[character] ?? character).join("");
  return latin
    .replace(IGNORED, "")
    .replaceAll("0", "o")
    .replace(/[1i|]/g, "l")
    .replaceAll("m", "rn");
}

/** Lower-casing can compose and decomposing can yield capitals, so both run until neither changes anything. */
function decompose(text: string): string {
  let current = text;
  for (let round = 0; round < 4; round += 1) {
    const next = current.normalize("NFKD").toLowerCase();
    if (next === current) break;
    current = next;
  }
  return current;
}
