import { z } from "zod";

export const PasskeyView = z
  .object({
    id: z.string(),
    name: z.string(),
    createdAt: z.string(),
    lastUsedAt: z.string().nullable(),
    /** Kept by a service that carries it to the person's other devices. */
    backedUp: z.boolean(),
  })
  .meta({ id: "Passkey" });
export type PasskeySummaryView = z.infer<typeof PasskeyView>;

export const FactorsView = z
  .object({
    passkeys: z.array(PasskeyView),
    /** Null while no authenticator app is set up. */
    totp: z.object({ createdAt: z.string() }).nullable(),
    /** Null while none were made. */
    recoveryCodes: z.object({ left: z.number().int(), createdAt: z.string() }).nullable(),
  })
  .meta({ id: "SecondFactors" });
export type FactorsSummaryView = z.infer<typeof FactorsView>;

export const TotpSetupView = z.object({ secret: z.string(), uri: z.string(), qr: z.string().meta({ description: "The QR code as an SVG document" }) }).meta({ id: "TotpSetup" });
export type TotpSetup = z.infer<typeof TotpSetupView>;

export const PasskeyName = z.string().trim().min(1).max(60);
export const TotpCode = z
  .string()
  .max(12)
  .transform((text) => text.replace(/\s/g, ""))
  .pipe(z.string().regex(/^[0-9]{6}$/, "Six digits"));
export const RecoveryCodeText = z.string().max(40);

const encoded = z.string().max(20_000).regex(/^[A-Za-z0-9_-]+$/, "base64url");
const credential = { id: encoded, rawId: encoded, type: z.literal("public-key"), authenticatorAttachment: z.string().max(40).nullish(), clientExtensionResults: z.record(z.string(), z.unknown()).default({}) };

/** What a browser's `navigator.credentials.create` gave, as JSON (WebAuthn Level 3, section 5.1). */
export const RegistrationAnswer = z.object({ ...credential, response: z.object({ clientDataJSON: encoded, attestationObject: encoded, transports: z.array(z.string().max(40)).max(10).default([]) }) });
export type RegistrationAnswerView = z.infer<typeof RegistrationAnswer>;

/** What a browser's `navigator.credentials.get` gave, as JSON. */
export const AssertionAnswer = z.object({ ...credential, response: z.object({ clientDataJSON: encoded, authenticatorData: encoded, signature: encoded, userHandle: encoded.nullish() }) });
export type AssertionAnswerView = z.infer<typeof AssertionAnswer>;
