/** A browser as far as HTTP goes: keeps cookies for each host (not for each port, as browsers do not), follows nothing by itself. */
export class BrowserJar {
  readonly client: string;
  private readonly cookies = new Map<string, string>();
  private readonly userAgent: string;

  constructor(options: { client?: string; userAgent?: string } = {}) {
    this.client = options.client ?? nextClient();
    this.userAgent = options.userAgent ?? "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0";
  }

  /** One request; its Set-Cookie headers are kept. */
  async fetch(address: string | URL, init: RequestInit = {}): Promise<Response> {
    const response = await fetch(address, {
      redirect: "manual",
      ...init,
      headers: { "user-agent": this.userAgent, "x-forwarded-for": this.client, ...(this.cookies.size === 0 ? {} : { cookie: this.header() }), ...(init.headers as Record<string, string> | undefined) },
    });
    for (const line of response.headers.getSetCookie()) this.keep(line);
    return response;
  }

  /** Follows redirects until an answer is none, or one leads to an address that `stop` names. */
  async follow(address: string | URL, stop: (url: URL) => boolean = () => false): Promise<{ url: URL; response: Response | null }> {
    let url = new URL(address);
    for (let hops = 0; hops < 20; hops += 1) {
      if (stop(url)) return { url, response: null };
      const response = await this.fetch(url);
      const location = response.headers.get("location");
      if (location === null || response.status < 300 || response.status >= 400) return { url, response };
      await response.arrayBuffer();
      url = new URL(location, url);
    }
    throw new Error(`Redirected in circles, last to ${url.href}`);
  }

  get(name: string): string | null {
    return this.cookies.get(name) ?? null;
  }

  set(name: string, value: string): void {
    this.cookies.set(name, value);
  }

  /** Another browser that stole every cookie of this one. */
  steal(): BrowserJar {
    const thief = new BrowserJar();
    for (const [name, value] of this.cookies) thief.set(name, value);
    return thief;
  }

  private header(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  }

  private keep(line: string): void {
    const [pair = "", ...attributes] = line.split(";");
    const at = pair.indexOf("=");
    const [name, value] = [pair.slice(0, at).trim(), pair.slice(at + 1).trim()];
    const over = attributes.some((text) => /^\s*max-age=0$/i.test(text) || (/^\s*expires=/i.test(text) && new Date(text.split("=")[1] ?? "") < new Date()));
    if (value === "" || over) this.cookies.delete(name);
    else this.cookies.set(name, value);
  }
}

let given = 0;

/** An address that no other browser of the file has, so that limits count each for itself. */
function nextClient(): string {
  given += 1;
  return `198.18.${given >> 8}.${given & 255}`;
}
