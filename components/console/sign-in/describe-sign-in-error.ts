interface SignInError {
  title: string;
  meaning: string;
  /** What to do about it. */
  next: string;
}

const ASK_AGAIN = "Ask for a new link below; it replaces the old one.";

/** What next-auth's error codes mean to the person who meets them. */
const SIGN_IN_ERRORS: Readonly<Record<string, SignInError>> = {
  Verification: {
    title: "This link no longer works",
    meaning: "A sign-in link works once and for a short time. This one was used already, or its time is over.",
    next: ASK_AGAIN,
  },
  EmailSignin: {
    title: "The message could not be sent",
    meaning: "The registry failed to hand the sign-in message to its mail server. Nothing about your account changed.",
    next: "Try again in a minute. If it stays, tell the operator of this registry.",
  },
  AccessDenied: {
    title: "This account may not sign in",
    meaning: "The address is known, but the operator does not let it sign in here.",
    next: "Ask the operator of this registry, or use another address.",
  },
  Configuration: {
    title: "Sign-in is set up wrongly",
    meaning: "The registry’s own sign-in settings are incomplete. This is not your mistake.",
    next: "Tell the operator: the server’s log names the setting.",
  },
};

const UNKNOWN: SignInError = {
  title: "Signing in did not work",
  meaning: "The registry refused the attempt without a known reason. You are not signed in.",
  next: ASK_AGAIN,
};

/** The explanation for a code from the `error` query parameter; an unknown code gets a general one. */
export function describeSignInError(code: string | null): SignInError {
  return (code !== null && Object.hasOwn(SIGN_IN_ERRORS, code) ? SIGN_IN_ERRORS[code] : undefined) ?? UNKNOWN;
}
