/** What a new folder is to be about; names are quoted already where YAML needs it. */
export interface ScaffoldInput {
  id: string;
  name: string;
  license: string;
}

/** Contents by path in the new folder. */
export type ScaffoldFiles = Readonly<Record<string, string | Uint8Array>>;

/** A text as a double-quoted YAML scalar, which JSON's strings are. */
export const quoted = (text: string): string => JSON.stringify(text);

/** A drawing of its own colour, safe to show as it is. */
export const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" width="24" height="24" fill="none" stroke="#52525b" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round"><rect x="4" y="4" width="16" height="16" rx="4"/><path d="M9 12h6"/><path d="M12 9v6"/></svg>\n`;

/** What stays on the author's disk, besides what is always left out. */
export const IGNORED = "# What stays out of the package, in the manner of .gitignore.\n*.test.ts\n*.zip\n*.tgz\n";
