/** What assessment says happened: that somebody set a target, and that figures left the house as a file. */
export const assessmentEvents = {
  'assessment.target_set': { zh: '设定指标目标', en: 'Target of a measure set' },
  'assessment.exported': { zh: '导出指标数据', en: 'Figures exported' },
} as const
