/** The door of assessment: figures over cases, and the cases behind them. */
export { figureCases, figuresOf, type FigureScope, type FigureServices } from './questions.ts'
export { figureRoutes } from './routes.ts'
