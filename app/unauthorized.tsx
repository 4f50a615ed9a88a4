import type { Metadata } from "next";
import { ErrorPage } from "#components/errors/error-page.tsx";

export const metadata: Metadata = { title: "Sign in" };

export default function Unauthorized() {
  return <ErrorPage status={401} />;
}
