"use client";

import { createContext, useContext, useMemo, useState } from "react";
import type { ReactNode } from "react";

/** A private signing key that this page may use. It exists in this tab's memory only. */
export interface SigningKey {
  fingerprint: string;
  userId: string;
  /** Armored, without passphrase. Never put in storage, never in a request. */
  privateKey: string;
  origin: "made-here" | "loaded";
}

interface SigningSession {
  key: SigningKey | null;
  hold: (key: SigningKey) => void;
  forget: () => void;
}

const SigningContext = createContext<SigningSession | null>(null);

/**
 * Keeps a private key in memory while a person moves between the keys page and
 * the publish page. A reload forgets it, on purpose: what is never written
 * cannot be read by anyone else.
 */
export function SigningSessionProvider({ children }: { children: ReactNode }) {
  const [key, setKey] = useState<SigningKey | null>(null);
  const session = useMemo<SigningSession>(() => ({ key, hold: setKey, forget: () => setKey(null) }), [key]);
  return <SigningContext value={session}>{children}</SigningContext>;
}

/** The tab's signing key and the two things that can be done with it. */
export function useSigningSession(): SigningSession {
  const session = useContext(SigningContext);
  if (session === null) throw new Error("useSigningSession needs a SigningSessionProvider above it.");
  return session;
}
