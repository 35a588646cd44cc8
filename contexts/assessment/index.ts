/** The door of assessment: figures over cases, what the screens of leaders show, and the cases behind each number. */
export { briefingOf } from './briefing/questions.ts'
export { cockpitOf, trendsOf } from './cockpit/questions.ts'
export { pivotOf } from './pivoting/questions.ts'
export { figureCases, figuresOf, type FigureScope, type FigureServices } from './questions.ts'
export { figureRoutes } from './routes.ts'
export { tallyCases } from './tallying/questions.ts'
