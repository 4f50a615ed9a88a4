/** Reads `--name value` pairs over the defaults; a sentence where a name is unknown, or a number is none. */
export function readOptions(words: string[], defaults: Record<string, string>): Record<string, string> | string {
  const options = { ...defaults };
  for (let at = 0; at < words.length; at += 2) {
    const name = (words[at] ?? "").replace(/^--/, "");
    const value = words[at + 1];
    if (!words[at]?.startsWith("--") || !Object.hasOwn(defaults, name)) return `There is no option ${words[at] ?? ""}.`;
    if (value === undefined) return `--${name} needs a value.`;
    if (isNumber(defaults[name]) && !isNumber(value)) return `--${name} is a number.`;
    options[name] = value;
  }
  return options;
}

function isNumber(text: string | undefined): boolean {
  return text !== undefined && text !== "" && Number.isFinite(Number(text));
}
