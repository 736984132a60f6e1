vi.setConfig({ testTimeout: 10_000, hookTimeout: 10_000 });
