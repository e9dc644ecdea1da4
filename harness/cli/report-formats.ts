/** Reports that `brakecheck report` renders. */
export const REPORT_FORMATS = ['md', 'html', 'junit', 'json', 'sarif'] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];
