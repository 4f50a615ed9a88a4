import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { VALID_PLUGIN } from "./archive-builder.ts";

interface ToolVector {
  file: string;
  note: string;
  /** the shell command that writes `$OUT`, in a folder that holds a valid plugin */
  command: string;
}

const PYTHON_FILES = "import os,sys,io,zipfile,tarfile\nout=os.environ['OUT']\nfiles=[os.path.relpath(os.path.join(r,n)) for r,d,f in os.walk('.') for n in sorted(f)]\n";
const PYTHON_STREAM = "class S(io.RawIOBase):\n  def __init__(s,f): s.f=f\n  def writable(s): return True\n  def write(s,b): return s.f.write(b)\n";
const python = (code: string): string => `python3 -c "${PYTHON_FILES}${code}"`;
const PLAIN = "plugin.yaml main.ts README.md LICENSE docs";
const TAR = "tar --owner=0 --group=0";

// What people pack with, as each was on Debian 12. `bsdtar` and `7z` stand for macOS and Windows.
const VECTORS: readonly ToolVector[] = [
  { file: "ok-tool-zip.zip", note: "Info-ZIP, with its time and owner fields", command: 'zip -r "$OUT" .' },
  { file: "ok-tool-zip-plain.zip", note: "Info-ZIP without extra fields or folders", command: 'zip -rXD "$OUT" .' },
  { file: "ok-tool-zip-stored.zip", note: "Info-ZIP without compression", command: 'zip -r0 "$OUT" .' },
  { file: "ok-tool-zip-force64.zip", note: "Info-ZIP, ZIP64 forced", command: 'zip -r -fz "$OUT" .' },
  { file: "ok-tool-zip-piped.zip", note: "Info-ZIP into a pipe", command: 'zip -r - . | cat > "$OUT"' },
  { file: "ok-tool-7z.zip", note: "7-Zip", command: '7z a "$OUT" .' },
  { file: "ok-tool-7z-stored.zip", note: "7-Zip without compression", command: '7z a -mm=Copy "$OUT" .' },
  { file: "ok-tool-bsdtar.zip", note: "libarchive, streamed with sizes known", command: `bsdtar --format zip -cf "$OUT" ${PLAIN}` },
  { file: "ok-tool-bsdtar-stored.zip", note: "libarchive without compression", command: `bsdtar --format zip --options zip:compression=store -cf "$OUT" ${PLAIN}` },
  { file: "ok-tool-bsdtar-zip64.zip", note: "libarchive with ZIP64", command: `bsdtar --format zip --options zip:zip64 -cf "$OUT" ${PLAIN}` },
  { file: "ok-tool-jar.zip", note: "Java's jar, with its manifest", command: 'jar cf "$OUT" .' },
  { file: "ok-tool-jar-stored.zip", note: "Java's jar without compression", command: 'jar c0fM "$OUT" .' },
  { file: "ok-tool-python.zip", note: "Python's zipfile", command: python("z=zipfile.ZipFile(out,'w',zipfile.ZIP_DEFLATED)\nfor n in files: z.write(n)\nz.close()") },
  { file: "ok-tool-python-zip64.zip", note: "Python's zipfile, ZIP64 forced", command: python("z=zipfile.ZipFile(out,'w',zipfile.ZIP_DEFLATED)\nfor n in files:\n  with z.open(n,'w',force_zip64=True) as o: o.write(open(n,'rb').read())\nz.close()") },
  { file: "ok-tool-python-streamed.zip", note: "Python's zipfile into a pipe", command: python(`${PYTHON_STREAM}f=open(out,'wb')\nz=zipfile.ZipFile(S(f),'w',zipfile.ZIP_DEFLATED)\nfor n in files:\n  with z.open(n,'w') as o: o.write(open(n,'rb').read())\nz.close()\nf.close()`) },
  { file: "ok-tool-python-streamed-zip64.zip", note: "Python's zipfile into a pipe, ZIP64 forced", command: python(`${PYTHON_STREAM}f=open(out,'wb')\nz=zipfile.ZipFile(S(f),'w',zipfile.ZIP_DEFLATED)\nfor n in files:\n  with z.open(n,'w',force_zip64=True) as o: o.write(open(n,'rb').read())\nz.close()\nf.close()`) },
  { file: "ok-tool-git.zip", note: "git archive, with the commit as the comment", command: 'git archive --format=zip -o "$OUT" HEAD' },
  { file: "ok-tool-git.tar.gz", note: "git archive, with the commit in a global header", command: 'git archive --format=tar.gz -o "$OUT" HEAD' },
  { file: "ok-tool-tar-gnu.tar.gz", note: "GNU tar of the folder itself", command: `${TAR} -czf "$OUT" .` },
  { file: "ok-tool-tar-oldgnu.tar.gz", note: "GNU tar, its older format", command: `${TAR} --format=oldgnu -czf "$OUT" .` },
  { file: "ok-tool-tar-ustar.tar.gz", note: "GNU tar, ustar", command: `${TAR} --format=ustar -czf "$OUT" ${PLAIN}` },
  { file: "ok-tool-tar-pax.tar.gz", note: "GNU tar, pax format", command: `${TAR} --format=pax -czf "$OUT" ${PLAIN}` },
  { file: "ok-tool-bsdtar-pax.tar.gz", note: "libarchive, pax", command: 'bsdtar --format pax -czf "$OUT" .' },
  { file: "ok-tool-bsdtar-ustar.tar.gz", note: "libarchive, ustar", command: 'bsdtar --format ustar -czf "$OUT" .' },
  { file: "ok-tool-python.tar.gz", note: "Python's tarfile", command: python("t=tarfile.open(out,'w:gz')\nt.add('.')\nt.close()") },
  { file: "ok-tool-python-gnu.tar.gz", note: "Python's tarfile, GNU format", command: python("t=tarfile.open(out,'w:gz',format=tarfile.GNU_FORMAT)\nt.add('.')\nt.close()") },
  { file: "ok-tool-perl.tar.gz", note: "Perl's Archive::Tar, blanks before its numbers", command: 'perl -MArchive::Tar -e \'my $t=Archive::Tar->new; $t->add_files(qw(plugin.yaml main.ts README.md LICENSE)); $t->write($ENV{OUT},COMPRESS_GZIP)\'' },
  { file: "ok-tool-7z.tar.gz", note: "7-Zip's tar and gzip", command: '7z a -ttar /tmp/vector-$$.tar . && 7z a -tgzip "$OUT" /tmp/vector-$$.tar; rm -f /tmp/vector-$$.tar' },
];

/** Writes what is not there yet with the tools themselves, and names all of it. */
export function writeVectorsByTools(folder: string): { file: string; note: string }[] {
  const missing = VECTORS.filter(({ file }) => !existsSync(join(folder, file)));
  if (missing.length > 0) makeAll(folder, missing);
  return VECTORS.map(({ file, note }) => ({ file, note }));
}

function makeAll(folder: string, missing: readonly ToolVector[]): void {
  const home = mkdtempSync(join(tmpdir(), "archive-vectors-"));
  try {
    mkdirSync(join(home, "docs"));
    for (const [name, text] of Object.entries(VALID_PLUGIN)) writeFileSync(join(home, name), text);
    writeFileSync(join(home, "docs", "empty.txt"), "");
    const inHome = { cwd: home, stdio: "ignore", env: { ...process.env, TZ: "UTC", LC_ALL: "C.UTF-8" } } as const;
    const needsGit = missing.some(({ command }) => command.startsWith("git"));
    if (needsGit) execFileSync("sh", ["-c", "git init -q && git add . && git -c user.name=Corpus -c user.email=corpus@example.invalid commit -q -m corpus"], inHome);
    for (const { file, command } of missing) execFileSync("bash", ["-c", `set -o pipefail; ${command}`], { ...inHome, env: { ...inHome.env, OUT: join(folder, file) } });
  } finally {
    rmSync(home, { recursive: true });
  }
  for (const { file } of missing) if (readFileSync(join(folder, file)).length === 0) throw new Error(`${file} is empty`);
}
