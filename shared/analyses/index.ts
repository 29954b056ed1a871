import type { Analysis } from '../analysis'
import { campaignRoi } from './case/campaignRoi/campaignRoi'
import { initiatives } from './case/initiatives/initiatives'
import { leverModel } from './case/leverModel/leverModel'
import { scenarios } from './case/scenarios/scenarios'
import { sensitivity } from './case/sensitivity/sensitivity'
import { cohortRetention } from './explore/cohortRetention/cohortRetention'
import { customersAcquired } from './explore/customersAcquired/customersAcquired'
import { monthlyMoney } from './explore/monthlyMoney/monthlyMoney'
import { newVsExisting } from './explore/newVsExisting/newVsExisting'
import { overview } from './explore/overview/overview'
import { revenueTree } from './explore/revenueTree/revenueTree'
import { rfm } from './segment/rfm/rfm'
import { rfmGroups } from './segment/rfmGroups/rfmGroups'
import { valueTiers } from './segment/valueTiers/valueTiers'

/** Every analysis, in the order of the menu. A folder that is not listed here fails the contract tests. */
export const analyses: readonly Analysis[] = [
  overview,
  revenueTree,
  monthlyMoney,
  customersAcquired,
  newVsExisting,
  cohortRetention,
  valueTiers,
  rfmGroups,
  rfm,
  campaignRoi,
  initiatives,
  leverModel,
  scenarios,
  sensitivity,
]
