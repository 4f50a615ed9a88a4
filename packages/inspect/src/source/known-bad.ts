/** Texts that only attacks have a use for, by what they do. Each is a reason to refuse; what honest plugins also write is not here. */
const KNOWN_BAD: readonly { pattern: RegExp; does: string }[] = [
  { pattern: /\bstratum\+(?:tcp|ssl|tls):\/\//i, does: "connects to a pool that mines cryptocurrency" },
  { pattern: /\/dev\/(?:tcp|udp)\/[^/\s]+\/\d+/, does: "opens a shell to another machine" },
  { pattern: /\b(?:nc|ncat|netcat)\b[^\n]{0,60}\s-[a-z]*[ec]\s+\/bin\/(?:ba|z|da)?sh\b/, does: "opens a shell to another machine" },
  { pattern: /\b(?:curl|wget)\b[^|\n]{0,300}\|\s*(?:sudo\s+)?(?:ba|z|da)?sh\b/, does: "runs whatever an address answers" },
  { pattern: /\bpowershell(?:\.exe)?\b[^\n]{0,100}\s-e(?:nc|ncodedcommand)?\s+[A-Za-z0-9+/=]{16,}/i, does: "runs an encoded command" },
  { pattern: /(?:^|[/\\])\.ssh[/\\](?:id_(?:rsa|dsa|ecdsa|ed25519)|identity)$/, does: "reads private keys" },
  { pattern: /(?:^|[/\\])\.aws[/\\]credentials$/, does: "reads credentials of a cloud" },
  { pattern: /^\/etc\/(?:shadow|gshadow)$/, does: "reads the machine's passwords" },
  { pattern: /(?:Google[/\\]Chrome|Chromium|BraveSoftware|Microsoft[/\\]Edge)[^\n]{0,80}[/\\](?:Login Data|Cookies|Web Data)$/i, does: "reads a browser's passwords or cookies" },
];

/** What a text in the source is known to be for; null for every other text. */
export function knownBad(text: string): string | null {
  if (text.length > 10_000) return null;
  return KNOWN_BAD.find(({ pattern }) => pattern.test(text))?.does ?? null;
}
