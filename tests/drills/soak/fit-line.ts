export interface Slope {
  mean: number;
  /** Units per hour, by least squares. */
  perHour: number;
  /** Standard error of it; takes the samples as independent, which a saw-tooth's are not quite. */
  error: number;
}

/** The straight line through samples of `[seconds, value]`; null with fewer than three of them. */
export function fitLine(samples: [seconds: number, value: number][]): Slope | null {
  const n = samples.length;
  if (n < 3) return null;
  const hours = samples.map(([seconds]) => seconds / 3600);
  const values = samples.map(([, value]) => value);
  const [meanHours, mean] = [average(hours), average(values)];
  const spread = hours.reduce((sum, hour) => sum + (hour - meanHours) ** 2, 0);
  if (spread === 0) return null;
  const perHour = hours.reduce((sum, hour, at) => sum + (hour - meanHours) * ((values[at] ?? 0) - mean), 0) / spread;
  const left = hours.reduce((sum, hour, at) => sum + ((values[at] ?? 0) - mean - perHour * (hour - meanHours)) ** 2, 0);
  return { mean, perHour, error: Math.sqrt(left / (n - 2) / spread) };
}

function average(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
