// eslint: house/real-modules
import { vi } from "vitest";

vi.mock("#lib/platform/inner.ts");
