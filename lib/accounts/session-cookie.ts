/** Name and attributes of the session cookie. On https it is Secure and host-bound; browsers would refuse both on plain http. */
export function sessionCookie(publicUrl: string): { name: string; options: { httpOnly: true; sameSite: "lax"; path: "/"; secure: boolean } } {
  const secure = publicUrl.startsWith("https:");
  return { name: secure ? "__Host-kos-session" : "kos-session", options: { httpOnly: true, sameSite: "lax", path: "/", secure } };
}
