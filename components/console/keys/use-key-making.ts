"use client";

import { useCallback, useState } from "react";
import { useRouter } from "next/navigation";
import { asProblem } from "#components/console/api/api-problem.ts";
import type { ApiProblem } from "#components/console/api/api-problem.ts";
import { callApi } from "#components/console/api/call-api.ts";
import { downloadText } from "#components/console/download-text.ts";
import { useSigningSession } from "#components/console/keys/signing-session.tsx";

export interface KeyMaterial {
  /** `NAME <ADDRESS>`, as it stands on the key */
  userId: string;
  privateKey: string;
  publicKey: string;
  fingerprint: string;
  revocationCertificate: string;
}

export type KeyMaking =
  | { phase: "idle" }
  | { phase: "making" }
  | { phase: "registering"; material: KeyMaterial }
  | { phase: "done"; material: KeyMaterial }
  | { phase: "failed"; material: KeyMaterial | null; problem: ApiProblem };

export const PRIVATE_KEY_FILE = "kos-signing-key.asc";
export const REVOCATION_FILE = "kos-revocation-certificate.asc";

/**
 * Makes a key pair in this page, hands the private half to the person as a
 * file, and registers the public half. The order matters: a key is registered
 * only after its private half was offered for keeping, and signs only once it is registered.
 */
export function useKeyMaking(publisher: string): { making: KeyMaking; make: (userId: { name: string; email: string }) => Promise<void>; registerAgain: () => Promise<void> } {
  const router = useRouter();
  const { hold } = useSigningSession();
  const [making, setMaking] = useState<KeyMaking>({ phase: "idle" });

  const register = useCallback(
    async (material: KeyMaterial) => {
      setMaking({ phase: "registering", material });
      try {
        await registerCertificate(publisher, material.publicKey);
        hold({ fingerprint: material.fingerprint, userId: material.userId, privateKey: material.privateKey, origin: "made-here" });
        setMaking({ phase: "done", material });
        router.refresh();
      } catch (error) {
        setMaking({ phase: "failed", material, problem: asProblem(error) });
      }
    },
    [hold, publisher, router],
  );

  const make = useCallback(
    async (userId: { name: string; email: string }) => {
      setMaking({ phase: "making" });
      try {
        const { generateSigningKey } = await import("@kosmarket/kit");
        const material = { ...(await generateSigningKey(userId)), userId: `${userId.name} <${userId.email}>` };
        downloadText(PRIVATE_KEY_FILE, material.privateKey);
        downloadText(REVOCATION_FILE, material.revocationCertificate);
        await register(material);
      } catch (error) {
        setMaking({ phase: "failed", material: null, problem: asProblem(error) });
      }
    },
    [register],
  );

  const registerAgain = useCallback(async () => {
    if (making.phase === "failed" && making.material !== null) await register(making.material);
  }, [making, register]);

  return { making, make, registerAgain };
}

/** Sends an armored public certificate, or the line of an OpenSSH public key, to the registry. */
export async function registerCertificate(publisher: string, text: string): Promise<void> {
  const address = `/api/v1/publishers/${publisher}/keys`;
  if (/^(?:ssh|ecdsa|sk)-/.test(text.trim())) await callApi(address, { method: "POST", json: { format: "ssh", key: text.trim() } });
  else await callApi(address, { method: "POST", text, contentType: "application/pgp-keys" });
}
