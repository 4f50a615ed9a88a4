export interface Sample {
  name: string;
  labels: Record<string, string>;
  value: number;
}

export interface Scrape {
  /** Names that a query may use: those of the families, and of a histogram's series. */
  names: Set<string>;
  samples: Sample[];
  /** Sum of the samples of this name that have these labels; undefined where there is none. */
  value: (name: string, labels?: Record<string, string>) => number | undefined;
}

/** Reads Prometheus's text format, as far as this registry writes it. */
export function readMetrics(text: string): Scrape {
  const names = new Set<string>();
  const samples: Sample[] = [];
  for (const line of text.split("\n")) {
    const family = /^# TYPE (\S+) (\S+)$/.exec(line);
    if (family !== null) for (const end of family[2] === "histogram" ? ["_bucket", "_sum", "_count"] : [""]) names.add(`${family[1]}${end}`);
    const [, name, labels = "", value] = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
    if (name !== undefined) samples.push({ name, labels: Object.fromEntries([...labels.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map((match) => [match[1] ?? "", match[2] ?? ""])), value: Number(value) });
  }
  const value = (name: string, labels: Record<string, string> = {}) => {
    const found = samples.filter((sample) => sample.name === name && Object.entries(labels).every(([label, text]) => sample.labels[label] === text));
    return found.length === 0 ? undefined : found.reduce((sum, sample) => sum + sample.value, 0);
  };
  return { names, samples, value };
}

const WORDS = new Set(["sum", "max", "min", "avg", "rate", "increase", "histogram_quantile", "by", "without", "on", "group_left", "and", "or", "unless", "bool", "up"]);

/** The metrics that a query names, without its functions, its labels and `up`, which Prometheus makes itself. */
export function metricsOf(query: string): string[] {
  const bare = query.replace(/"(?:[^"\\]|\\.)*"/g, "").replace(/\{[^}]*\}/g, "").replace(/\b(?:by|without|on|group_left)\s*\([^)]*\)/g, "").replace(/\[[^\]]*\]/g, "");
  return [...new Set([...bare.matchAll(/\b[a-z_][a-z0-9_]*\b/g)].map(([word]) => word).filter((word) => !WORDS.has(word)))];
}
