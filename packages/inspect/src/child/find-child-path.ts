import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * Where the child's entry lies. Beside this file when it runs as source or as a built
 * package; a bundler that moved this file leaves `import.meta.url` pointing into its output, so
 * the repository's own copy below the working folder comes next. Null when neither is there:
 * then the caller passes `childPath`.
 */
export function findChildPath(): string | null {
  return candidates().find((path) => existsSync(path)) ?? null;
}

function candidates(): string[] {
  const below = join("packages", "inspect", "src", "child", "child.ts");
  const found = [join(process.cwd(), below), join(process.cwd(), "..", "..", below)];
  for (const name of ["child.ts", "child.js", "inspect-child.js"]) {
    const beside = besideThisFile(name);
    if (beside !== null) found.unshift(beside);
  }
  return found;
}

// A bundler may also replace `import.meta.url` by something that is no file address, or see an asset in `new URL(…)`.
function besideThisFile(name: string): string | null {
  try {
    return join(fileURLToPath(import.meta.url), "..", name);
  } catch {
    return null;
  }
}
