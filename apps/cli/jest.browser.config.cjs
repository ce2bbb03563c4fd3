/** Tests that need Debian's Chromium, or another one named by XTM_CHROMIUM: `npm run test:browser`. */
module.exports = { ...require('../../jest.preset.cjs'), displayName: 'browser', testMatch: ['<rootDir>/src/**/*.browser.ts'], testTimeout: 1_200_000 };
