export function serve(options?: {
  port?: number;
  isolated?: boolean;
  folder?: string;
}): Promise<{ address: string; close: () => Promise<void> }>;
