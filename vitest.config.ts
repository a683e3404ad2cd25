import { defineConfig } from 'vitest/config';

/** `product` needs nothing but Node; `aws` starts moto, the AWS that we did not write. */
export default defineConfig({
  test: {
    projects: [
      { test: { name: 'product', include: ['test/**/*.test.ts'], exclude: ['test/aws/**'], testTimeout: 60_000 } },
      {
        test: {
          name: 'aws',
          include: ['test/aws/**/*.test.ts'],
          globalSetup: 'test/aws/moto.setup.ts',
          testTimeout: 180_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
