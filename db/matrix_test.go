package db

// whoMatrix says who has which rows in each view of visibility.sql: view | viewers: things,
// "*2" for two of the same name. Views with a team and a client arm stand in the two arms.
const whoMatrix = `
home_client | bea eleni finn fred manu nikos nora sly vic: Acme/home_of_Acme
home_client | carla ingo stan: none/home_of_all
home_client | duo: Acme/home_of_Acme Beta/home_of_Beta
home_client | odd otto: Beta/home_of_Beta
may_attach_client | bea: brand/reply care_plan/reply ink_tone/reply labels/reply paper/reply poster/reply print/reply print_run/reply
may_attach_client | duo eleni: again/reply bigger/reply care/reply colour/reply copy/reply cost/reply extra/reply form/reply gate/reply guide/reply home/reply hurry/reply launch/reply logo/reply missed/reply no_wish/reply phase/reply site/reply wish/reply
may_attach_client | manu nikos: again/reply bigger/reply care/reply colour/reply copy/reply cost/reply extra/reply form/reply gate/reply guide/reply home/reply hours/reply hurry/reply launch/reply logo/reply missed/reply no_wish/reply phase/reply site/reply wish/reply
may_attach_client | otto: beta/reply gamma/reply scope/reply
may_attach_team | adam olivia: again/note again/reply beta/note beta/reply beta_hours/note beta_hours/reply bigger/note bigger/reply brand/note brand/reply care/note care/reply care_plan/note care_plan/reply chore/note chore/reply closed/note closed/reply colour/note colour/reply copy/note copy/reply cost/note cost/reply dust/note dust/reply dusty/note dusty/reply extra/note extra/reply form/note form/reply gamma/note gamma/reply gate/note gate/reply guide/note guide/reply home/note home/reply hours/note hours/reply house_plan/note hurry/note hurry/reply inhouse/note inhouse/reply ink_tone/note ink_tone/reply labels/note labels/reply launch/note launch/reply logo/note logo/reply missed/note missed/reply no_wish/note no_wish/reply paper/note paper/reply phase/note phase/reply plan/note poster/note poster/reply print/note print/reply print_run/note print_run/reply scope/note scope/reply secret/note shelf/note site/note site/reply sitemap/note spare_plan/note wish/note wish/reply wording/note
may_attach_team | lea mark: again/note again/reply bigger/note bigger/reply care/note care/reply colour/note colour/reply copy/note copy/reply cost/note cost/reply extra/note extra/reply form/note form/reply gate/note gate/reply guide/note guide/reply home/note home/reply hours/note hours/reply house_plan/note hurry/note hurry/reply launch/note launch/reply logo/note logo/reply missed/note missed/reply no_wish/note no_wish/reply phase/note phase/reply plan/note secret/note shelf/note site/note site/reply sitemap/note spare_plan/note wish/note wish/reply wording/note
may_attach_team | tess: beta/note beta/reply beta_hours/note beta_hours/reply brand/note brand/reply care_plan/note care_plan/reply closed/note closed/reply dust/note dust/reply dusty/note dusty/reply gamma/note gamma/reply ink_tone/note ink_tone/reply labels/note labels/reply paper/note paper/reply poster/note poster/reply print/note print/reply print_run/note print_run/reply scope/note scope/reply
may_be_asked | bea: brand
may_be_asked | duo eleni manu nikos: site
may_be_asked | otto: beta
may_bill | adam olivia: Acme Beta Closed
may_bill | lea: Acme
may_client | bea: brand/billing brand/budgets brand/comment brand/company brand/decide brand/request brand/upload
may_client | duo eleni: site/comment site/decide site/request site/upload
may_client | manu: site/budgets site/comment site/decide site/request site/upload
may_client | nikos: site/billing site/budgets site/comment site/company site/decide site/request site/upload
may_client | otto: beta/comment beta/decide beta/request beta/upload
may_company_client | bea nikos nora sly: Acme/billing Acme/budgets Acme/comment Acme/company Acme/decide Acme/request Acme/upload
may_company_client | duo eleni fred: Acme/comment Acme/decide Acme/request Acme/upload
may_company_client | finn: Acme/billing
may_company_client | manu: Acme/budgets Acme/comment Acme/decide Acme/request Acme/upload
may_company_client | odd: Beta/billing Beta/budgets Beta/comment Beta/company Beta/decide Beta/request Beta/upload
may_company_client | otto: Beta/comment Beta/decide Beta/request Beta/upload
may_decide_client | bea: approval_of_labels_1 paper print_run
may_decide_client | eleni: again colour phase
may_decide_client | manu: cost
may_decide_client | nikos: approval_of_guide_2
may_decide_client | otto: scope
may_edit_expense | adam olivia: fonts lamp paper_stock pizza refused toner
may_edit_expense | lea: fonts lamp pizza refused
may_edit_expense | mark: fonts pizza refused
may_edit_expense | tess: paper_stock toner
may_edit_template | adam olivia: mould
may_edit_time_entry | adam olivia: approved beta_work free_work gallery hidden_task's house_work no_budget's returned waiting
may_edit_time_entry | lea: free_work gallery hidden_task's house_work no_budget's returned
may_edit_time_entry | mark: gallery hidden_task's house_work no_budget's returned
may_edit_time_entry | tess: approved beta_work waiting
may_finish_client | eleni: home
may_give_role_client | bea nikos nora sly: Acme/1 Acme/2 Acme/3 Acme/4 Acme/5
may_give_role_client | odd: Beta/1 Beta/2 Beta/3 Beta/4 Beta/5
may_invitation_client | bea nikos nora sly: invited_wanda@acme.test
may_invitation_client | odd: invited_willy@beta.test
may_invite | adam olivia: Acme/bea Acme/duo Acme/eleni Acme/fake Acme/finn Acme/fred Acme/gone Acme/ingo Acme/manu Acme/nikos Acme/nora Acme/sly Acme/vic Beta/duo Beta/odd Beta/otto Closed/carla
may_invite | lea: Acme/duo Acme/eleni Acme/fake Acme/finn Acme/gone Acme/ingo Acme/manu Acme/nikos Acme/vic
may_invite | tess: Acme/bea Beta/duo Beta/otto Closed/carla
may_judge_expense | adam olivia: fonts lamp paper_stock pizza refused toner
may_judge_expense | lea: fonts lamp pizza refused
may_judge_expense | tess: paper_stock toner
may_judge_time_entry | adam olivia: approved beta_work free_work gallery hidden_task's house_work no_budget's returned waiting
may_judge_time_entry | lea: free_work gallery hidden_task's house_work no_budget's returned
may_judge_time_entry | tess: approved beta_work waiting
may_lead | adam olivia: beta brand closed inhouse old site
may_lead | lea: old site
may_lead | tess: beta brand closed
may_note | adam olivia: again beta beta_hours bigger brand care care_plan chore closed colour copy cost dust dusty extra form gamma gate guide home hours house_plan hurry inhouse ink_tone labels launch logo missed no_wish paper phase plan poster print print_run scope secret shelf site sitemap spare_plan wish wording
may_note | lea mark: again bigger care colour copy cost extra form gate guide home hours house_plan hurry launch logo missed no_wish phase plan secret shelf site sitemap spare_plan wish wording
may_note | tess: beta beta_hours brand care_plan closed dust dusty gamma ink_tone labels paper poster print print_run scope
may_pay_client | bea finn nikos nora sly: bill_of_Acme bill_of_brand
may_pay_client | odd: bill_of_Beta
may_preview | adam olivia: bea duo eleni finn fred manu nikos nora odd otto sly stan vic
may_preview | lea: eleni manu nikos vic
may_preview | tess: bea otto
may_propose_client | bea: brand
may_propose_client | duo eleni manu nikos: site
may_propose_client | otto: beta
may_read_budgets_client | bea: brand
may_read_budgets_client | manu nikos: site
may_reply_client | bea: brand care_plan ink_tone labels paper poster print print_run
may_reply_client | duo eleni: again bigger care colour copy cost extra form gate guide home hurry launch logo missed no_wish phase site wish
may_reply_client | manu nikos: again bigger care colour copy cost extra form gate guide home hours hurry launch logo missed no_wish phase site wish
may_reply_client | otto: beta gamma scope
may_reply_invoice_client | bea finn nikos nora sly: bill_of_Acme bill_of_brand credit_of_Acme void_of_Acme
may_reply_invoice_client | odd: bill_of_Beta
may_reply_on_client | bea: brand/budget brand/decision brand/deliverable brand/milestone brand/project brand/task
may_reply_on_client | duo eleni: site/decision site/deliverable site/milestone site/project site/task
may_reply_on_client | manu nikos: site/budget site/decision site/deliverable site/milestone site/project site/task
may_reply_on_client | otto: beta/decision beta/deliverable beta/milestone beta/project beta/task
may_reply_team | adam olivia: again beta beta_hours bigger brand care care_plan chore closed colour copy cost dust dusty extra form gamma gate guide home hours hurry inhouse ink_tone labels launch logo missed no_wish paper phase poster print print_run scope site wish
may_reply_team | lea mark: again bigger care colour copy cost extra form gate guide home hours hurry launch logo missed no_wish phase site wish
may_reply_team | tess: beta beta_hours brand care_plan closed dust dusty gamma ink_tone labels paper poster print print_run scope
may_work | adam olivia: beta brand closed inhouse site
may_work | lea mark: site
may_work | tess: beta brand closed
visible_avatar_client | bea: picture_of_bea picture_of_tess
visible_avatar_client | duo: picture_of_eleni picture_of_lea picture_of_tess
visible_avatar_client | eleni manu nikos vic: picture_of_eleni picture_of_lea
visible_avatar_client | otto: picture_of_tess
visible_board_column | adam olivia: beta.doing beta.done beta.todo brand.doing brand.done brand.todo closed.doing closed.done closed.todo inhouse.doing inhouse.done inhouse.todo old.doing old.done old.todo site.doing site.done site.review site.todo
visible_board_column | lea: old.doing old.done old.todo site.doing site.done site.review site.todo
visible_board_column | mark: site.doing site.done site.review site.todo
visible_board_column | tess: beta.doing beta.done beta.todo brand.doing brand.done brand.todo closed.doing closed.done closed.todo
visible_board_column_team | adam olivia: beta.doing beta.done beta.todo brand.doing brand.done brand.todo closed.doing closed.done closed.todo inhouse.doing inhouse.done inhouse.todo old.doing old.done old.todo site.doing site.done site.review site.todo
visible_board_column_team | lea: old.doing old.done old.todo site.doing site.done site.review site.todo
visible_board_column_team | mark: site.doing site.done site.review site.todo
visible_board_column_team | tess: beta.doing beta.done beta.todo brand.doing brand.done brand.todo closed.doing closed.done closed.todo
visible_budget_client | bea: care_plan
visible_budget_client | manu nikos: hours
visible_budget_service_client | bea: work_of_care_plan
visible_budget_service_client | manu nikos: work_of_hours
visible_budget_service_team | adam olivia: work_of_beta_hours work_of_care_plan work_of_hours work_of_house_plan work_of_spare_plan
visible_budget_service_team | lea mark: work_of_hours work_of_house_plan work_of_spare_plan
visible_budget_service_team | tess: work_of_beta_hours work_of_care_plan
visible_budget_team | adam olivia: beta_hours care_plan hours house_plan spare_plan
visible_budget_team | lea mark: hours house_plan spare_plan
visible_budget_team | tess: beta_hours care_plan
visible_checklist_item_client | duo eleni manu nikos vic: home_step
visible_checklist_item_team | adam lea mark olivia: home_step secret_step shelf_step
visible_company_client | bea eleni finn fred manu nikos nora sly vic: Acme
visible_company_client | duo: Acme Beta
visible_company_client | odd otto: Beta
visible_company_team | adam olivia tess: Acme Beta Closed
visible_company_team | lea mark: Acme
visible_contact_client | bea nikos nora sly: Acme/bea Acme/duo Acme/eleni Acme/finn Acme/fred Acme/manu Acme/nikos Acme/nora Acme/sly Acme/vic
visible_contact_client | odd: Beta/duo Beta/odd Beta/otto
visible_contact_team | adam olivia: Acme/bea Acme/duo Acme/eleni Acme/fake Acme/finn Acme/fred Acme/gone Acme/ingo Acme/manu Acme/nikos Acme/nora Acme/sly Acme/vic Beta/duo Beta/odd Beta/otto Closed/carla
visible_contact_team | lea mark: Acme/duo Acme/eleni Acme/fake Acme/finn Acme/gone Acme/ingo Acme/manu Acme/nikos Acme/vic
visible_contact_team | tess: Acme/bea Beta/duo Beta/otto Closed/carla
visible_decision_client | bea: approval_of_labels_1 ink_tone paper print_run
visible_decision_client | duo: again approval_of_guide_1 approval_of_guide_2 bigger colour cost extra gate hurry missed no_wish phase scope wish
visible_decision_client | eleni: again ancient approval_of_guide_1 approval_of_guide_2 bigger colour cost extra gate hurry missed no_wish phase wish
visible_decision_client | manu nikos vic: again approval_of_guide_1 approval_of_guide_2 bigger colour cost extra gate hurry missed no_wish phase wish
visible_decision_client | otto: scope
visible_decision_team | adam olivia: again ancient approval_of_guide_1 approval_of_guide_2 approval_of_labels_1 bigger bygone colour cost dust extra gate hurry ink_tone missed no_wish paper phase plan print_run scope wish wording
visible_decision_team | lea: again ancient approval_of_guide_1 approval_of_guide_2 bigger bygone colour cost extra gate hurry missed no_wish phase plan wish wording
visible_decision_team | mark: again approval_of_guide_1 approval_of_guide_2 bigger colour cost extra gate hurry missed no_wish phase plan wish wording
visible_decision_team | tess: approval_of_labels_1 dust ink_tone paper print_run scope
visible_deliverable_client | bea: labels
visible_deliverable_client | duo eleni manu nikos vic: guide
visible_deliverable_team | adam olivia: guide labels scroll sitemap
visible_deliverable_team | lea: guide scroll sitemap
visible_deliverable_team | mark: guide sitemap
visible_deliverable_team | tess: labels
visible_deliverable_version_client | bea: labels_1
visible_deliverable_version_client | duo eleni manu nikos vic: guide_1 guide_2
visible_deliverable_version_team | adam olivia: guide_1 guide_2 guide_3 labels_1 sitemap_1
visible_deliverable_version_team | lea mark: guide_1 guide_2 guide_3 sitemap_1
visible_deliverable_version_team | tess: labels_1
visible_draft_client | eleni: draft_of_eleni
visible_draft_team | mark: draft_of_mark
visible_event_client | bea: decision.asked:ink_tone decision.asked:paper decision.asked:print_run decision.declined:ink_tone deliverable.delivered:labels_1 milestone.added:print project.created:Brand reply:paper reply:poster task.created:poster
visible_event_client | duo: decision.answered:cost decision.answered:phase decision.asked-anew:again decision.asked:again decision.asked:bigger decision.asked:colour decision.asked:cost decision.asked:extra decision.asked:gate decision.asked:hurry decision.asked:missed decision.asked:phase decision.asked:scope decision.changes:again decision.decided:bigger decision.decided:gate decision.declined-by-team:no_wish decision.declined:extra decision.proposed:no_wish decision.proposed:wish decision.withdrawn:hurry deliverable.delivered:guide_1 deliverable.delivered:guide_2 milestone.added:care milestone.added:launch project.created:Beta_work project.created:Site reply:Site reply:colour reply:home*3 reply:launch task.created:copy task.created:form task.created:gamma task.created:home task.created:logo task.due:home task.moved:form*2
visible_event_client | eleni: decision.answered:cost decision.answered:phase decision.asked-anew:again decision.asked:again decision.asked:bigger decision.asked:colour decision.asked:cost decision.asked:extra decision.asked:gate decision.asked:hurry decision.asked:missed decision.asked:phase decision.changes:again decision.decided:bigger decision.decided:gate decision.declined-by-team:no_wish decision.declined:extra decision.proposed:no_wish decision.proposed:wish decision.withdrawn:hurry deliverable.delivered:guide_1 deliverable.delivered:guide_2 milestone.added:care milestone.added:launch project.archived:Old project.created:Old project.created:Site reply:Site reply:colour reply:home*3 reply:launch task.created:copy task.created:form task.created:home task.created:logo task.created:relic task.due:home task.moved:form*2
visible_event_client | manu nikos: decision.answered:cost decision.answered:phase decision.asked-anew:again decision.asked:again decision.asked:bigger decision.asked:colour decision.asked:cost decision.asked:extra decision.asked:gate decision.asked:hurry decision.asked:missed decision.asked:phase decision.changes:again decision.decided:bigger decision.decided:gate decision.declined-by-team:no_wish decision.declined:extra decision.proposed:no_wish decision.proposed:wish decision.withdrawn:hurry deliverable.delivered:guide_1 deliverable.delivered:guide_2 milestone.added:care milestone.added:launch project.created:Site reply:Site*2 reply:colour reply:home*3 reply:launch task.created:copy task.created:form task.created:home task.created:logo task.due:home task.moved:form*2
visible_event_client | otto: decision.asked:scope project.created:Beta_work task.created:gamma
visible_event_client | vic: decision.answered:cost decision.answered:phase decision.asked-anew:again decision.asked:again decision.asked:bigger decision.asked:colour decision.asked:cost decision.asked:extra decision.asked:gate decision.asked:hurry decision.asked:missed decision.asked:phase decision.changes:again decision.decided:bigger decision.decided:gate decision.declined-by-team:no_wish decision.declined:extra decision.proposed:no_wish decision.proposed:wish decision.withdrawn:hurry deliverable.delivered:guide_1 deliverable.delivered:guide_2 milestone.added:care milestone.added:launch project.created:Site reply:Site reply:colour reply:home*3 reply:launch task.created:copy task.created:form task.created:home task.created:logo task.due:home task.moved:form*2
visible_event_team | adam olivia: budget.added:Beta_work budget.added:Brand budget.added:Site*3 budget.alert:Brand budget.opened:Beta_work budget.opened:Brand budget.opened:Site column.changed:Site decision.answered:cost decision.answered:phase decision.asked-anew:again decision.asked:again decision.asked:bigger decision.asked:colour decision.asked:cost decision.asked:extra decision.asked:gate decision.asked:hurry decision.asked:ink_tone decision.asked:missed decision.asked:paper decision.asked:phase decision.asked:print_run decision.asked:scope decision.changes:again decision.decided:bigger decision.decided:gate decision.declined-by-team:no_wish decision.declined:extra decision.declined:ink_tone decision.proposed:no_wish decision.proposed:wish decision.withdrawn:hurry deliverable.delivered:guide_1 deliverable.delivered:guide_2 deliverable.delivered:labels_1 member.added:Beta_work*2 member.added:Brand member.added:Closed member.added:Old member.added:Site*11 member.removed:Site milestone.added:care milestone.added:launch milestone.added:print note:Site*2 note:colour note:home note:launch note:plan note:poster note:secret note:shelf project.archived:Old project.created:Beta_work project.created:Brand project.created:Closed project.created:Inhouse project.created:Old project.created:Site reply:Site*2 reply:colour reply:home*4 reply:launch reply:paper reply:poster reply:secret reply:shelf task.archived:shelf task.created:chore task.created:copy task.created:dusty task.created:form task.created:gamma task.created:home task.created:logo task.created:poster task.created:relic task.created:secret task.created:shelf task.due:home task.edited:copy task.edited:form task.edited:logo task.edited:secret task.hidden:secret task.moved:form*2
visible_event_team | lea: budget.added:Site*3 budget.opened:Site column.changed:Site decision.answered:cost decision.answered:phase decision.asked-anew:again decision.asked:again decision.asked:bigger decision.asked:colour decision.asked:cost decision.asked:extra decision.asked:gate decision.asked:hurry decision.asked:missed decision.asked:phase decision.changes:again decision.decided:bigger decision.decided:gate decision.declined-by-team:no_wish decision.declined:extra decision.proposed:no_wish decision.proposed:wish decision.withdrawn:hurry deliverable.delivered:guide_1 deliverable.delivered:guide_2 member.added:Old member.added:Site*11 member.removed:Site milestone.added:care milestone.added:launch note:Site*2 note:colour note:home note:launch note:plan note:secret note:shelf project.archived:Old project.created:Old project.created:Site reply:Site*2 reply:colour reply:home*4 reply:launch reply:secret reply:shelf task.archived:shelf task.created:copy task.created:form task.created:home task.created:logo task.created:relic task.created:secret task.created:shelf task.due:home task.edited:copy task.edited:form task.edited:logo task.edited:secret task.hidden:secret task.moved:form*2
visible_event_team | mark: budget.added:Site*3 budget.opened:Site column.changed:Site decision.answered:cost decision.answered:phase decision.asked-anew:again decision.asked:again decision.asked:bigger decision.asked:colour decision.asked:cost decision.asked:extra decision.asked:gate decision.asked:hurry decision.asked:missed decision.asked:phase decision.changes:again decision.decided:bigger decision.decided:gate decision.declined-by-team:no_wish decision.declined:extra decision.proposed:no_wish decision.proposed:wish decision.withdrawn:hurry deliverable.delivered:guide_1 deliverable.delivered:guide_2 member.added:Site*11 member.removed:Site milestone.added:care milestone.added:launch note:Site*2 note:colour note:home note:launch note:plan note:secret note:shelf project.created:Site reply:Site*2 reply:colour reply:home*4 reply:launch reply:secret reply:shelf task.archived:shelf task.created:copy task.created:form task.created:home task.created:logo task.created:secret task.created:shelf task.due:home task.edited:copy task.edited:form task.edited:logo task.edited:secret task.hidden:secret task.moved:form*2
visible_event_team | tess: budget.added:Beta_work budget.added:Brand budget.alert:Brand budget.opened:Beta_work budget.opened:Brand decision.asked:ink_tone decision.asked:paper decision.asked:print_run decision.asked:scope decision.declined:ink_tone deliverable.delivered:labels_1 member.added:Beta_work*2 member.added:Brand member.added:Closed milestone.added:print note:poster project.created:Beta_work project.created:Brand project.created:Closed reply:paper reply:poster task.created:dusty task.created:gamma task.created:poster
visible_expense_client | bea: paper_stock
visible_expense_client | manu nikos: fonts phones
visible_expense_team | adam olivia: fonts lamp paper_stock phones pizza refused toner
visible_expense_team | lea mark: fonts lamp phones pizza refused
visible_expense_team | tess: paper_stock toner
visible_file_client | bea: file_on_paper receipt_of_paper_stock
visible_file_client | duo vic: file_on_colour file_on_guide_1 file_on_guide_2 file_on_words_of_mark
visible_file_client | eleni: file_on_colour file_on_draft_of_eleni file_on_guide_1 file_on_guide_2 file_on_words_of_mark
visible_file_client | manu nikos: file_on_colour file_on_guide_1 file_on_guide_2 file_on_words_of_mark receipt_of_fonts
visible_file_team | adam olivia: file_on_colour file_on_guide_1 file_on_guide_2 file_on_guide_3 file_on_held_back file_on_home file_on_note_on_home file_on_paper file_on_plan file_on_secret file_on_shelf file_on_sitemap_1 file_on_taken_back file_on_words_of_mark receipt_of_fonts receipt_of_lamp receipt_of_paper_stock receipt_of_phones receipt_of_pizza receipt_of_refused receipt_of_toner
visible_file_team | lea: file_on_colour file_on_guide_1 file_on_guide_2 file_on_guide_3 file_on_held_back file_on_home file_on_note_on_home file_on_plan file_on_secret file_on_shelf file_on_sitemap_1 file_on_taken_back file_on_words_of_mark receipt_of_fonts receipt_of_lamp receipt_of_phones receipt_of_pizza receipt_of_refused
visible_file_team | mark: file_on_colour file_on_draft_of_mark file_on_guide_1 file_on_guide_2 file_on_guide_3 file_on_held_back file_on_home file_on_note_on_home file_on_plan file_on_secret file_on_shelf file_on_sitemap_1 file_on_taken_back file_on_words_of_mark receipt_of_fonts receipt_of_lamp receipt_of_phones receipt_of_pizza receipt_of_refused
visible_file_team | tess: file_on_paper receipt_of_paper_stock receipt_of_toner
visible_invitation_client | bea nikos nora sly: invited_wanda@acme.test
visible_invitation_client | odd: invited_willy@beta.test
visible_invoice_client | bea finn nikos nora sly: bill_of_Acme bill_of_brand credit_of_Acme void_of_Acme
visible_invoice_client | odd: bill_of_Beta
visible_invoice_reply_client | bea finn nikos nora sly: answer_on_bill question_on_bill
visible_invoice_reply_team | adam lea olivia: answer_on_bill question_on_bill
visible_invoice_team | adam olivia: bill_of_Acme bill_of_Beta bill_of_brand bill_on_old credit_of_Acme draft_for_Acme void_of_Acme
visible_invoice_team | lea: bill_of_Acme bill_on_old credit_of_Acme draft_for_Acme void_of_Acme
visible_label_client | bea: ink
visible_label_client | duo eleni manu nikos vic: ux
visible_label_team | adam olivia: debt ink ux
visible_label_team | lea mark: debt ux
visible_label_team | tess: ink
visible_meeting_client | bea: meeting_on_brand meeting_with_Acme
visible_meeting_client | duo: meeting_on_site meeting_with_Acme meeting_with_Beta
visible_meeting_client | eleni manu nikos vic: meeting_on_site meeting_with_Acme
visible_meeting_client | finn fred nora sly: meeting_with_Acme
visible_meeting_client | odd otto: meeting_with_Beta
visible_meeting_team | adam olivia: meeting_inhouse meeting_on_brand meeting_on_site meeting_with_Acme meeting_with_Beta
visible_meeting_team | lea mark: meeting_on_site meeting_with_Acme
visible_meeting_team | tess: meeting_on_brand meeting_with_Acme meeting_with_Beta
visible_milestone_client | bea: print
visible_milestone_client | duo eleni manu nikos vic: care launch
visible_milestone_team | adam olivia: care launch print
visible_milestone_team | lea mark: care launch
visible_milestone_team | tess: print
visible_note | adam olivia: note_on_colour note_on_home note_on_hours note_on_launch note_on_plan note_on_poster note_on_secret note_on_shelf note_on_site
visible_note | lea mark: note_on_colour note_on_home note_on_hours note_on_launch note_on_plan note_on_secret note_on_shelf note_on_site
visible_note | tess: note_on_poster
visible_payment_client | bea finn nikos nora sly: payment_of_Acme
visible_payment_client | odd: payment_of_Beta
visible_payment_team | adam olivia: mistaken_payment payment_of_Acme payment_of_Beta
visible_payment_team | lea: mistaken_payment payment_of_Acme
visible_person_client | bea: brand/bea brand/tess
visible_person_client | duo: beta/duo beta/otto beta/tess site/duo site/eleni site/lea site/manu site/mark site/nikos site/vic
visible_person_client | eleni: old/eleni old/lea site/duo site/eleni site/lea site/manu site/mark site/nikos site/vic
visible_person_client | manu nikos vic: site/duo site/eleni site/lea site/manu site/mark site/nikos site/vic
visible_person_client | otto: beta/duo beta/otto beta/tess
visible_project_client | bea: brand
visible_project_client | duo: beta site
visible_project_client | eleni: old site
visible_project_client | manu nikos vic: site
visible_project_client | otto: beta
visible_project_team | adam olivia: beta brand closed inhouse old site
visible_project_team | lea: old site
visible_project_team | mark: site
visible_project_team | tess: beta brand closed
visible_reply_client | bea: reply_on_paper reply_on_poster
visible_reply_client | duo eleni vic: reply_on_colour reply_on_home reply_on_launch reply_on_site taken_back words_of_fred words_of_mark
visible_reply_client | manu nikos: reply_on_colour reply_on_home reply_on_hours reply_on_launch reply_on_site taken_back words_of_fred words_of_mark
visible_reply_team | adam olivia: held_back reply_on_colour reply_on_home reply_on_hours reply_on_launch reply_on_paper reply_on_poster reply_on_secret reply_on_shelf reply_on_site taken_back words_of_fred words_of_mark
visible_reply_team | lea mark: held_back reply_on_colour reply_on_home reply_on_hours reply_on_launch reply_on_secret reply_on_shelf reply_on_site taken_back words_of_fred words_of_mark
visible_reply_team | tess: reply_on_paper reply_on_poster
visible_signoff_client | bea: ink_tone_by_bea
visible_signoff_client | duo eleni manu nikos vic: again_by_nikos bigger_by_eleni cost_by_eleni extra_by_nikos gate_by_nikos phase_by_nikos
visible_signoff_team | adam olivia: again_by_nikos bigger_by_eleni cost_by_eleni extra_by_nikos gate_by_nikos ink_tone_by_bea phase_by_nikos
visible_signoff_team | lea mark: again_by_nikos bigger_by_eleni cost_by_eleni extra_by_nikos gate_by_nikos phase_by_nikos
visible_signoff_team | tess: ink_tone_by_bea
visible_status_update_client | duo: post_on_beta post_on_site
visible_status_update_client | eleni manu nikos vic: post_on_site
visible_status_update_client | otto: post_on_beta
visible_status_update_team | adam olivia: post_inhouse post_on_beta post_on_closed post_on_site
visible_status_update_team | lea mark: post_on_site
visible_status_update_team | tess: post_on_beta post_on_closed
visible_task_client | bea: poster
visible_task_client | duo: copy form gamma home logo
visible_task_client | eleni: copy form home logo relic
visible_task_client | manu nikos vic: copy form home logo
visible_task_client | otto: gamma
visible_task_team | adam olivia: chore copy dusty form gamma home logo poster relic secret shelf
visible_task_team | lea: copy form home logo relic secret shelf
visible_task_team | mark: copy form home logo secret shelf
visible_task_team | tess: dusty gamma poster
visible_template_team | adam fake lea mark olivia tess: mould
visible_thread_client | bea: brand care_plan ink_tone labels paper poster print print_run
visible_thread_client | duo: again beta bigger care colour copy cost extra form gamma gate guide home hurry launch logo missed no_wish phase scope site wish
visible_thread_client | eleni: again ancient bigger care colour copy cost extra form gate guide home hurry launch logo missed no_wish old phase relic site wish
visible_thread_client | manu nikos: again bigger care colour copy cost extra form gate guide home hours hurry launch logo missed no_wish phase site wish
visible_thread_client | otto: beta gamma scope
visible_thread_client | vic: again bigger care colour copy cost extra form gate guide home hurry launch logo missed no_wish phase site wish
visible_thread_team | adam olivia: again ancient beta beta_hours bigger brand bygone care care_plan chore closed colour copy cost dust dusty extra form gamma gate guide home hours house_plan hurry inhouse ink_tone labels launch logo missed no_wish old paper phase plan poster print print_run relic scope scroll secret shelf site sitemap spare_plan wish wording
visible_thread_team | lea: again ancient bigger bygone care colour copy cost extra form gate guide home hours house_plan hurry launch logo missed no_wish old phase plan relic scroll secret shelf site sitemap spare_plan wish wording
visible_thread_team | mark: again bigger care colour copy cost extra form gate guide home hours house_plan hurry launch logo missed no_wish phase plan secret shelf site sitemap spare_plan wish wording
visible_thread_team | tess: beta beta_hours brand care_plan closed dust dusty gamma ink_tone labels paper poster print print_run scope
visible_time_entry_client | bea: approved
visible_time_entry_client | manu nikos: changed gallery hidden_task's
visible_time_entry_team | adam olivia: approved beta_work changed free_work gallery hidden_task's house_work no_budget's returned waiting
visible_time_entry_team | lea mark: changed free_work gallery hidden_task's house_work no_budget's returned
visible_time_entry_team | tess: approved beta_work waiting
weight_client | bea: poster/brand/none/todo/none/1/0
weight_client | duo: copy/site/none/review/60/none/0 form/site/none/todo/60/none/0 gamma/beta/none/doing/none/none/0 home/site/launch/doing/120/4/0 logo/site/launch/done/240/none/1
weight_client | eleni: copy/site/none/review/60/none/0 form/site/none/todo/60/none/0 home/site/launch/doing/120/4/0 logo/site/launch/done/240/none/1 relic/old/none/done/none/none/0
weight_client | manu nikos vic: copy/site/none/review/60/none/0 form/site/none/todo/60/none/0 home/site/launch/doing/120/4/0 logo/site/launch/done/240/none/1
weight_client | otto: gamma/beta/none/doing/none/none/0
`

// glassMatrix says what each person's glass shows, by the columns of glassColumnsShown.
const glassMatrix = `
client_assignee | duo eleni manu nikos vic: home/eleni/Eleni_Client home/mark/Mark
client_avatar | bea: picture_of_bea picture_of_tess
client_avatar | duo: picture_of_eleni picture_of_lea picture_of_tess
client_avatar | eleni manu nikos vic: picture_of_eleni picture_of_lea
client_avatar | otto: picture_of_tess
client_bill_text | bea finn nikos nora odd sly: bill.consent bill.consent.el bill.consent.en
client_budget | bea: care_plan/1
client_budget | manu nikos: hours/0
client_budget_service | bea: work_of_care_plan/care_plan
client_budget_service | manu nikos: work_of_hours/hours
client_change_task | duo eleni manu nikos vic: extra/1/an_extra
client_checklist_item | duo eleni manu nikos vic: home_step/home
client_colleague | bea nikos nora sly: Acme/bea/Bea_Brand/client-admin/0 Acme/duo/Duo_Double/client/0 Acme/eleni/Eleni_Client/client/0 Acme/finn/Finn_Finance/client-finance/0 Acme/fred/Fred_Former/client/0 Acme/manu/Manu_Manager/client-manager/0 Acme/nikos/Nikos_Admin/client-admin/0 Acme/nora/Nora_Noproject/client-admin/0 Acme/sly/Sly_Stone/client-admin/0 Acme/vic/Vic_Viewer/client-viewer/0
client_colleague | odd: Beta/duo/Duo_Double/client-viewer/0 Beta/odd/Odd_Other/client-admin/0 Beta/otto/Otto_Other/client/0
client_company | bea eleni finn fred manu nikos nora sly vic: Acme
client_company | duo: Acme Beta
client_company | odd otto: Beta
client_decider | bea: approval_of_labels_1/1/Bea_Brand/0 ink_tone/1/Bea_Brand/1 paper/1/Bea_Brand/0 print_run/1/Bea_Brand/0
client_decider | duo: again/1/Eleni_Client/0 approval_of_guide_1/1/Eleni_Client/0 approval_of_guide_2/1/Nikos_Admin/0 approval_of_guide_2/2/Eleni_Client/0 bigger/1/Eleni_Client/1 bigger/2/Nikos_Admin/0 colour/1/Eleni_Client/0 colour/2/Nikos_Admin/0 cost/1/Eleni_Client/1 cost/2/Manu_Manager/0 extra/1/Nikos_Admin/1 gate/1/Nikos_Admin/1 hurry/1/Eleni_Client/0 missed/1/Eleni_Client/0 phase/1/Nikos_Admin/1 phase/2/Eleni_Client/0 scope/1/Otto_Other/0
client_decider | eleni: again/1/Eleni_Client/0 ancient/1/Eleni_Client/0 approval_of_guide_1/1/Eleni_Client/0 approval_of_guide_2/1/Nikos_Admin/0 approval_of_guide_2/2/Eleni_Client/0 bigger/1/Eleni_Client/1 bigger/2/Nikos_Admin/0 colour/1/Eleni_Client/0 colour/2/Nikos_Admin/0 cost/1/Eleni_Client/1 cost/2/Manu_Manager/0 extra/1/Nikos_Admin/1 gate/1/Nikos_Admin/1 hurry/1/Eleni_Client/0 missed/1/Eleni_Client/0 phase/1/Nikos_Admin/1 phase/2/Eleni_Client/0
client_decider | manu nikos vic: again/1/Eleni_Client/0 approval_of_guide_1/1/Eleni_Client/0 approval_of_guide_2/1/Nikos_Admin/0 approval_of_guide_2/2/Eleni_Client/0 bigger/1/Eleni_Client/1 bigger/2/Nikos_Admin/0 colour/1/Eleni_Client/0 colour/2/Nikos_Admin/0 cost/1/Eleni_Client/1 cost/2/Manu_Manager/0 extra/1/Nikos_Admin/1 gate/1/Nikos_Admin/1 hurry/1/Eleni_Client/0 missed/1/Eleni_Client/0 phase/1/Nikos_Admin/1 phase/2/Eleni_Client/0
client_decider | otto: scope/1/Otto_Other/0
client_decision | bea: approval_of_labels_1/approval/asked/1/1 ink_tone/question/declined/1/0 paper/question/asked/1/1 print_run/budget/asked/1/1
client_decision | duo: again/milestone/asked/2/0 approval_of_guide_1/approval/withdrawn/1/0 approval_of_guide_2/approval/asked/1/0 bigger/change/decided/1/0 colour/question/asked/1/0 cost/budget/asked/1/0 extra/change/declined/1/0 gate/milestone/decided/1/0 hurry/direction/withdrawn/1/0 missed/question/expired/1/0 no_wish/change/declined/1/0 phase/milestone/asked/1/0 scope/question/asked/1/0 wish/change/proposed/1/0
client_decision | eleni: again/milestone/asked/2/1 ancient/question/asked/1/0 approval_of_guide_1/approval/withdrawn/1/0 approval_of_guide_2/approval/asked/1/0 bigger/change/decided/1/0 colour/question/asked/1/1 cost/budget/asked/1/0 extra/change/declined/1/0 gate/milestone/decided/1/0 hurry/direction/withdrawn/1/0 missed/question/expired/1/0 no_wish/change/declined/1/0 phase/milestone/asked/1/1 wish/change/proposed/1/0
client_decision | manu: again/milestone/asked/2/0 approval_of_guide_1/approval/withdrawn/1/0 approval_of_guide_2/approval/asked/1/0 bigger/change/decided/1/0 colour/question/asked/1/0 cost/budget/asked/1/1 extra/change/declined/1/0 gate/milestone/decided/1/0 hurry/direction/withdrawn/1/0 missed/question/expired/1/0 no_wish/change/declined/1/0 phase/milestone/asked/1/0 wish/change/proposed/1/0
client_decision | nikos: again/milestone/asked/2/0 approval_of_guide_1/approval/withdrawn/1/0 approval_of_guide_2/approval/asked/1/1 bigger/change/decided/1/0 colour/question/asked/1/0 cost/budget/asked/1/0 extra/change/declined/1/0 gate/milestone/decided/1/0 hurry/direction/withdrawn/1/0 missed/question/expired/1/0 no_wish/change/declined/1/0 phase/milestone/asked/1/0 wish/change/proposed/1/0
client_decision | otto: scope/question/asked/1/1
client_decision | vic: again/milestone/asked/2/0 approval_of_guide_1/approval/withdrawn/1/0 approval_of_guide_2/approval/asked/1/0 bigger/change/decided/1/0 colour/question/asked/1/0 cost/budget/asked/1/0 extra/change/declined/1/0 gate/milestone/decided/1/0 hurry/direction/withdrawn/1/0 missed/question/expired/1/0 no_wish/change/declined/1/0 phase/milestone/asked/1/0 wish/change/proposed/1/0
client_decision_file | bea: paper/file_on_paper/0
client_decision_file | duo eleni manu vic: colour/file_on_colour/0
client_decision_file | nikos: colour/file_on_colour/1
client_decision_option | bea: paper/1/thick paper/1/thin
client_decision_option | duo eleni manu nikos vic: colour/1/blue colour/1/red
client_decision_task | bea: paper/poster/asked
client_decision_task | duo eleni manu nikos vic: colour/home/asked cost/form/asked
client_deliverable | bea: labels/labels
client_deliverable | duo eleni manu nikos vic: guide/guide
client_deliverable_task | bea: labels/poster
client_deliverable_task | duo eleni manu nikos vic: guide/home
client_deliverable_version | bea: labels/labels_1/asked/1/Tess
client_deliverable_version | duo eleni manu nikos vic: guide/guide_1/withdrawn/0/Mark guide/guide_2/asked/1/Lea
client_draft | eleni: home/draft_of_eleni
client_edition | bea: approval_of_labels_1/1/Tess ink_tone/1/Tess paper/1/Tess print_run/1/Tess
client_edition | duo: again/1/Lea again/2/Lea approval_of_guide_1/1/Mark approval_of_guide_2/1/Lea bigger/1/Lea colour/1/Lea cost/1/Lea extra/1/Lea gate/1/Lea hurry/1/Lea missed/1/Lea no_wish/1/Nikos_Admin phase/1/Lea scope/1/Tess wish/1/Nikos_Admin
client_edition | eleni: again/1/Lea again/2/Lea ancient/1/nobody approval_of_guide_1/1/Mark approval_of_guide_2/1/Lea bigger/1/Lea colour/1/Lea cost/1/Lea extra/1/Lea gate/1/Lea hurry/1/Lea missed/1/Lea no_wish/1/Nikos_Admin phase/1/Lea wish/1/Nikos_Admin
client_edition | manu nikos vic: again/1/Lea again/2/Lea approval_of_guide_1/1/Mark approval_of_guide_2/1/Lea bigger/1/Lea colour/1/Lea cost/1/Lea extra/1/Lea gate/1/Lea hurry/1/Lea missed/1/Lea no_wish/1/Nikos_Admin phase/1/Lea wish/1/Nikos_Admin
client_edition | otto: scope/1/Tess
client_event | bea: decision.asked:ink_tone/Tess decision.asked:paper/Tess decision.asked:print_run/Tess decision.declined:ink_tone/Bea_Brand deliverable.delivered:labels_1/Tess milestone.added:print/Tess project.created:Brand/Tess reply:paper/Bea_Brand reply:poster/Bea_Brand task.created:poster/Tess
client_event | duo: decision.answered:cost/Eleni_Client decision.answered:phase/Nikos_Admin decision.asked-anew:again/Lea decision.asked:again/Lea decision.asked:bigger/Lea decision.asked:colour/Lea decision.asked:cost/Lea decision.asked:extra/Lea decision.asked:gate/Lea decision.asked:hurry/Lea decision.asked:missed/Lea decision.asked:phase/Lea decision.asked:scope/Tess decision.changes:again/Nikos_Admin decision.decided:bigger/Eleni_Client decision.decided:gate/Nikos_Admin decision.declined-by-team:no_wish/Lea decision.declined:extra/Nikos_Admin decision.proposed:no_wish/Nikos_Admin decision.proposed:wish/Nikos_Admin decision.withdrawn:hurry/Lea deliverable.delivered:guide_1/Mark deliverable.delivered:guide_2/Lea milestone.added:care/Lea milestone.added:launch/Lea project.created:Beta_work/Tess project.created:Site/Lea reply:Site/Eleni_Client reply:colour/Eleni_Client reply:home/Eleni_Client reply:home/Fred_Former reply:home/Mark reply:launch/Lea task.created:copy/Mark task.created:form/Lea task.created:gamma/Tess task.created:home/Lea task.created:logo/Lea task.due:home/Lea task.moved:form/Lea*2
client_event | eleni: decision.answered:cost/Eleni_Client decision.answered:phase/Nikos_Admin decision.asked-anew:again/Lea decision.asked:again/Lea decision.asked:bigger/Lea decision.asked:colour/Lea decision.asked:cost/Lea decision.asked:extra/Lea decision.asked:gate/Lea decision.asked:hurry/Lea decision.asked:missed/Lea decision.asked:phase/Lea decision.changes:again/Nikos_Admin decision.decided:bigger/Eleni_Client decision.decided:gate/Nikos_Admin decision.declined-by-team:no_wish/Lea decision.declined:extra/Nikos_Admin decision.proposed:no_wish/Nikos_Admin decision.proposed:wish/Nikos_Admin decision.withdrawn:hurry/Lea deliverable.delivered:guide_1/Mark deliverable.delivered:guide_2/Lea milestone.added:care/Lea milestone.added:launch/Lea project.archived:Old/Lea project.created:Old/Lea project.created:Site/Lea reply:Site/Eleni_Client reply:colour/Eleni_Client reply:home/Eleni_Client reply:home/Fred_Former reply:home/Mark reply:launch/Lea task.created:copy/Mark task.created:form/Lea task.created:home/Lea task.created:logo/Lea task.created:relic/Lea task.due:home/Lea task.moved:form/Lea*2
client_event | manu nikos: decision.answered:cost/Eleni_Client decision.answered:phase/Nikos_Admin decision.asked-anew:again/Lea decision.asked:again/Lea decision.asked:bigger/Lea decision.asked:colour/Lea decision.asked:cost/Lea decision.asked:extra/Lea decision.asked:gate/Lea decision.asked:hurry/Lea decision.asked:missed/Lea decision.asked:phase/Lea decision.changes:again/Nikos_Admin decision.decided:bigger/Eleni_Client decision.decided:gate/Nikos_Admin decision.declined-by-team:no_wish/Lea decision.declined:extra/Nikos_Admin decision.proposed:no_wish/Nikos_Admin decision.proposed:wish/Nikos_Admin decision.withdrawn:hurry/Lea deliverable.delivered:guide_1/Mark deliverable.delivered:guide_2/Lea milestone.added:care/Lea milestone.added:launch/Lea project.created:Site/Lea reply:Site/Eleni_Client reply:Site/Manu_Manager reply:colour/Eleni_Client reply:home/Eleni_Client reply:home/Fred_Former reply:home/Mark reply:launch/Lea task.created:copy/Mark task.created:form/Lea task.created:home/Lea task.created:logo/Lea task.due:home/Lea task.moved:form/Lea*2
client_event | otto: decision.asked:scope/Tess project.created:Beta_work/Tess task.created:gamma/Tess
client_event | vic: decision.answered:cost/Eleni_Client decision.answered:phase/Nikos_Admin decision.asked-anew:again/Lea decision.asked:again/Lea decision.asked:bigger/Lea decision.asked:colour/Lea decision.asked:cost/Lea decision.asked:extra/Lea decision.asked:gate/Lea decision.asked:hurry/Lea decision.asked:missed/Lea decision.asked:phase/Lea decision.changes:again/Nikos_Admin decision.decided:bigger/Eleni_Client decision.decided:gate/Nikos_Admin decision.declined-by-team:no_wish/Lea decision.declined:extra/Nikos_Admin decision.proposed:no_wish/Nikos_Admin decision.proposed:wish/Nikos_Admin decision.withdrawn:hurry/Lea deliverable.delivered:guide_1/Mark deliverable.delivered:guide_2/Lea milestone.added:care/Lea milestone.added:launch/Lea project.created:Site/Lea reply:Site/Eleni_Client reply:colour/Eleni_Client reply:home/Eleni_Client reply:home/Fred_Former reply:home/Mark reply:launch/Lea task.created:copy/Mark task.created:form/Lea task.created:home/Lea task.created:logo/Lea task.due:home/Lea task.moved:form/Lea*2
client_expense | bea: paper_stock/receipt_of_paper_stock/
client_expense | manu: fonts/receipt_of_fonts/ phones/none/
client_expense | nikos: fonts/receipt_of_fonts/ phones/none/2026-001
client_feature | bea eleni finn fred manu nikos nora sly vic: Acme/billing Acme/budgets Acme/colleagues Acme/decisions Acme/deliverables Acme/files Acme/help Acme/requests
client_feature | carla ingo stan: none/billing none/budgets none/colleagues none/decisions none/deliverables none/files none/help none/requests
client_feature | duo: Acme/billing Acme/budgets Acme/colleagues Acme/decisions Acme/deliverables Acme/files Acme/help Acme/requests Beta/billing Beta/budgets Beta/colleagues Beta/decisions Beta/deliverables Beta/files Beta/help Beta/requests
client_feature | odd otto: Beta/billing Beta/budgets Beta/colleagues Beta/decisions Beta/deliverables Beta/files Beta/help Beta/requests
client_file | bea: paper/file_on_paper paper_stock/receipt_of_paper_stock
client_file | duo vic: colour/file_on_colour guide_1/file_on_guide_1 guide_2/file_on_guide_2 words_of_mark/file_on_words_of_mark
client_file | eleni: colour/file_on_colour draft_of_eleni/file_on_draft_of_eleni guide_1/file_on_guide_1 guide_2/file_on_guide_2 words_of_mark/file_on_words_of_mark
client_file | manu nikos: colour/file_on_colour fonts/receipt_of_fonts guide_1/file_on_guide_1 guide_2/file_on_guide_2 words_of_mark/file_on_words_of_mark
client_file_open | eleni: file_on_guide_2
client_file_open | nikos: file_on_colour
client_givable_role | bea nikos nora sly: Acme/client Acme/client-admin Acme/client-finance Acme/client-manager Acme/client-viewer
client_givable_role | odd: Beta/client Beta/client-admin Beta/client-finance Beta/client-manager Beta/client-viewer
client_home_card | bea eleni finn fred manu nikos nora sly vic: Acme/1/projects/ Acme/2/own/card_on_home_of_Acme
client_home_card | carla ingo stan: none/1/projects/ none/2/own/card_on_home_of_all
client_home_card | duo: Acme/1/projects/ Acme/2/own/card_on_home_of_Acme Beta/1/projects/ Beta/2/own/card_on_home_of_Beta
client_home_card | odd otto: Beta/1/projects/ Beta/2/own/card_on_home_of_Beta
client_home_kind | bea eleni finn fred manu nikos nora sly vic: Acme/doing
client_home_kind | carla ingo stan: none/doing
client_home_kind | duo: Acme/doing Beta/doing
client_home_kind | odd otto: Beta/doing
client_home_text | bea eleni finn fred manu nikos nora sly vic: Acme/el/welcome_on_home_of_Acme Acme/en/welcome_on_home_of_Acme
client_home_text | carla ingo stan: none/el/welcome_on_home_of_all none/en/welcome_on_home_of_all
client_home_text | duo: Acme/el/welcome_on_home_of_Acme Acme/en/welcome_on_home_of_Acme Beta/el/welcome_on_home_of_Beta Beta/en/welcome_on_home_of_Beta
client_home_text | odd otto: Beta/el/welcome_on_home_of_Beta Beta/en/welcome_on_home_of_Beta
client_home_widget | bea eleni finn fred manu nikos nora sly vic: Acme/meetings Acme/news
client_home_widget | carla ingo stan: none/meetings none/news
client_home_widget | duo: Acme/meetings Acme/news Beta/meetings Beta/news
client_home_widget | odd otto: Beta/meetings Beta/news
client_invitation | bea nikos nora sly: Acme/wanda@acme.test/client
client_invitation | odd: Beta/willy@beta.test/client
client_invoice | bea finn nikos nora sly: bill_of_Acme/11/ bill_of_brand/11/ credit_of_Acme/01/bill_of_Acme void_of_Acme/01/
client_invoice | odd: bill_of_Beta/11/
client_invoice_file | bea finn nikos nora sly: bill_of_Acme/pdf bill_of_Acme/xml bill_of_brand/pdf bill_of_brand/xml credit_of_Acme/pdf credit_of_Acme/xml void_of_Acme/pdf void_of_Acme/xml
client_invoice_file | odd: bill_of_Beta/pdf bill_of_Beta/xml
client_invoice_line | bea finn nikos nora sly: bill_of_Acme/1 bill_of_brand/1 credit_of_Acme/1 void_of_Acme/1
client_invoice_line | odd: bill_of_Beta/1
client_invoice_party | bea finn nikos nora sly: bill_of_Acme/buyer bill_of_Acme/seller bill_of_brand/buyer bill_of_brand/seller credit_of_Acme/buyer credit_of_Acme/seller void_of_Acme/buyer void_of_Acme/seller
client_invoice_party | odd: bill_of_Beta/buyer bill_of_Beta/seller
client_invoice_project | bea: bill_of_Acme/hidden bill_of_brand/brand credit_of_Acme/hidden
client_invoice_project | finn nora sly: bill_of_Acme/hidden bill_of_brand/hidden credit_of_Acme/hidden
client_invoice_project | nikos: bill_of_Acme/site bill_of_brand/hidden credit_of_Acme/site
client_invoice_reply | bea nikos nora sly: answer_on_bill/team0 question_on_bill/client0Finn_Finance
client_invoice_reply | finn: answer_on_bill/team0 question_on_bill/client1Finn_Finance
client_me | bea: bea/bea@acme.test
client_me | carla: carla/carla@closed.test
client_me | duo: duo/duo@both.test
client_me | eleni: eleni/eleni@acme.test
client_me | finn: finn/finn@acme.test
client_me | fred: fred/fred@acme.test
client_me | ingo: ingo/ingo@acme.test
client_me | manu: manu/manu@acme.test
client_me | nikos: nikos/nikos@acme.test
client_me | nora: nora/nora@acme.test
client_me | odd: odd/odd@beta.test
client_me | otto: otto/otto@beta.test
client_me | sly: sly/sly@acme.test
client_me | stan: stan/stan@nowhere.test
client_me | vic: vic/vic@acme.test
client_meeting | bea: meeting_on_brand meeting_with_Acme
client_meeting | duo: meeting_on_site meeting_with_Acme meeting_with_Beta
client_meeting | eleni manu nikos vic: meeting_on_site meeting_with_Acme
client_meeting | finn fred nora sly: meeting_with_Acme
client_meeting | odd otto: meeting_with_Beta
client_mention | duo eleni manu nikos vic: home/lea/Lea
client_milestone | bea: print/0/0
client_milestone | duo eleni manu nikos vic: care/0/0 launch/0/1
client_milestone_progress | duo eleni manu nikos vic: launch/2/1/1/estimate
client_payment | bea finn nikos nora sly: payment_of_Acme/received
client_payment | odd: payment_of_Beta/received
client_person | bea: brand/bea/client/Bea_Brand/0 brand/tess/team/Tess/1
client_person | duo: beta/duo/client/Duo_Double/0 beta/otto/client/Otto_Other/0 beta/tess/team/Tess/1 site/duo/client/Duo_Double/0 site/eleni/client/Eleni_Client/0 site/lea/team/Lea/1 site/manu/client/Manu_Manager/0 site/mark/team/Mark/0 site/nikos/client/Nikos_Admin/0 site/vic/client/Vic_Viewer/0
client_person | eleni: old/eleni/client/Eleni_Client/0 old/lea/team/Lea/1 site/duo/client/Duo_Double/0 site/eleni/client/Eleni_Client/0 site/lea/team/Lea/1 site/manu/client/Manu_Manager/0 site/mark/team/Mark/0 site/nikos/client/Nikos_Admin/0 site/vic/client/Vic_Viewer/0
client_person | manu nikos vic: site/duo/client/Duo_Double/0 site/eleni/client/Eleni_Client/0 site/lea/team/Lea/1 site/manu/client/Manu_Manager/0 site/mark/team/Mark/0 site/nikos/client/Nikos_Admin/0 site/vic/client/Vic_Viewer/0
client_person | otto: beta/duo/client/Duo_Double/0 beta/otto/client/Otto_Other/0 beta/tess/team/Tess/1
client_progress | bea: brand/1/1/0/0/untold
client_progress | duo: beta/1/0/1/0/untold site/4/1/2/1/50
client_progress | eleni: old/1/0/0/1/untold site/4/1/2/1/50
client_progress | manu nikos vic: site/4/1/2/1/50
client_progress | otto: beta/1/0/1/0/untold
client_project | bea: brand/Acme/budget_decision_deliverable_milestone_project_task/0/1/
client_project | duo: beta/Beta//0/0/ site/Acme/decision_deliverable_milestone_project_task/0/1/
client_project | eleni: old/Acme//1/0/ site/Acme/decision_deliverable_milestone_project_task/0/1/home
client_project | manu nikos: site/Acme/budget_decision_deliverable_milestone_project_task/0/1/
client_project | otto: beta/Beta/decision_deliverable_milestone_project_task/0/1/
client_project | vic: site/Acme//0/0/
client_project_feature | bea: brand/billing brand/budgets brand/colleagues brand/decisions brand/deliverables brand/files brand/help brand/requests
client_project_feature | duo: beta/billing beta/budgets beta/colleagues beta/decisions beta/deliverables beta/files beta/help beta/requests site/billing site/budgets site/colleagues site/decisions site/deliverables site/files site/help site/requests
client_project_feature | eleni: old/budgets old/colleagues old/decisions old/deliverables old/files old/help old/requests site/billing site/budgets site/colleagues site/decisions site/deliverables site/files site/help site/requests
client_project_feature | manu nikos vic: site/billing site/budgets site/colleagues site/decisions site/deliverables site/files site/help site/requests
client_project_feature | otto: beta/billing beta/budgets beta/colleagues beta/decisions beta/deliverables beta/files beta/help beta/requests
client_reply | bea: reply_on_paper/bea/Bea_Brand reply_on_poster/bea/Bea_Brand
client_reply | duo eleni vic: reply_on_colour/eleni/Eleni_Client reply_on_home/eleni/Eleni_Client reply_on_launch/lea/Lea reply_on_site/eleni/Eleni_Client taken_back/mark/Mark words_of_fred/fred/Fred_Former words_of_mark/mark/Mark
client_reply | manu nikos: reply_on_colour/eleni/Eleni_Client reply_on_home/eleni/Eleni_Client reply_on_hours/manu/Manu_Manager reply_on_launch/lea/Lea reply_on_site/eleni/Eleni_Client taken_back/mark/Mark words_of_fred/fred/Fred_Former words_of_mark/mark/Mark
client_reply_file | duo eleni manu nikos vic: home/words_of_mark/file_on_words_of_mark
client_right | bea nikos nora sly: Acme/billing Acme/budgets Acme/comment Acme/company Acme/decide Acme/request Acme/upload
client_right | duo eleni fred: Acme/comment Acme/decide Acme/request Acme/upload
client_right | finn: Acme/billing
client_right | manu: Acme/budgets Acme/comment Acme/decide Acme/request Acme/upload
client_right | odd: Beta/billing Beta/budgets Beta/comment Beta/company Beta/decide Beta/request Beta/upload
client_right | otto: Beta/comment Beta/decide Beta/request Beta/upload
client_signoff | bea: ink_tone/ink_tone_by_bea/decline/Bea_Brand
client_signoff | duo eleni manu nikos vic: again/again_by_nikos/changes/Nikos_Admin bigger/bigger_by_eleni/approve/Eleni_Client cost/cost_by_eleni/free/Eleni_Client extra/extra_by_nikos/decline/Nikos_Admin gate/gate_by_nikos/approve/Nikos_Admin phase/phase_by_nikos/approve/Nikos_Admin
client_status_update | duo: post_on_beta/Lea post_on_site/Lea
client_status_update | eleni manu nikos vic: post_on_site/Lea
client_status_update | otto: post_on_beta/Lea
client_task | bea: poster/poster/todo
client_task | duo: copy/copy/reviewChecking form/Contact_page/todo gamma/gamma/doing home/home/doing logo/logo/done
client_task | eleni: copy/copy/reviewChecking form/Contact_page/todo home/home/doing logo/logo/done relic/relic/done
client_task | manu nikos vic: copy/copy/reviewChecking form/Contact_page/todo home/home/doing logo/logo/done
client_task | otto: gamma/gamma/doing
client_task_label | duo eleni manu nikos vic: home/ux
client_task_need | duo eleni manu nikos vic: home/form
client_thread | bea: brand/project//1 care_plan/budget//1 ink_tone/decision//1 labels/deliverable//1 paper/decision/team/1 poster/task/team/1 print/milestone//1 print_run/decision//1
client_thread | duo: again/decision//1 beta/project//0 bigger/decision//1 care/milestone//1 colour/decision/team/1 copy/task//1 cost/decision//1 extra/decision//1 form/task//1 gamma/task//0 gate/decision//1 guide/deliverable//1 home/task/client/1 hurry/decision//1 launch/milestone/client/1 logo/task//1 missed/decision//1 no_wish/decision//1 phase/decision//1 scope/decision//0 site/project/team/1 wish/decision//1
client_thread | eleni: again/decision//1 ancient/decision//0 bigger/decision//1 care/milestone//1 colour/decision/team/1 copy/task//1 cost/decision//1 extra/decision//1 form/task//1 gate/decision//1 guide/deliverable//1 home/task/client/1 hurry/decision//1 launch/milestone/client/1 logo/task//1 missed/decision//1 no_wish/decision//1 old/project//0 phase/decision//1 relic/task//0 site/project/team/1 wish/decision//1
client_thread | manu nikos: again/decision//1 bigger/decision//1 care/milestone//1 colour/decision/team/1 copy/task//1 cost/decision//1 extra/decision//1 form/task//1 gate/decision//1 guide/deliverable//1 home/task/client/1 hours/budget/team/1 hurry/decision//1 launch/milestone/client/1 logo/task//1 missed/decision//1 no_wish/decision//1 phase/decision//1 site/project/team/1 wish/decision//1
client_thread | otto: beta/project//1 gamma/task//1 scope/decision//1
client_thread | vic: again/decision//0 bigger/decision//0 care/milestone//0 colour/decision/team/0 copy/task//0 cost/decision//0 extra/decision//0 form/task//0 gate/decision//0 guide/deliverable//0 home/task/client/0 hurry/decision//0 launch/milestone/client/0 logo/task//0 missed/decision//0 no_wish/decision//0 phase/decision//0 site/project/team/0 wish/decision//0
client_time_entry | bea: approved/60/Letterhead/Tess/
client_time_entry | manu: changed/40/Menu,_mobile/Mark/ gallery/75/Gallery,_large_photo/Mark/ hidden_task's/30//Mark/
client_time_entry | nikos: changed/40/Menu,_mobile/Mark/2026-001 gallery/75/Gallery,_large_photo/Mark/ hidden_task's/30//Mark/
client_version_file | duo manu nikos vic: guide/guide_1/file_on_guide_1/0 guide/guide_2/file_on_guide_2/0
client_version_file | eleni: guide/guide_1/file_on_guide_1/0 guide/guide_2/file_on_guide_2/1
client_visit | eleni otto: 2026-05-01T08:00:00.000000Z
client_workspace | bea carla duo eleni finn fred ingo manu nikos nora odd otto sly stan vic: epoch settings.version upload.limit urgent.text workspace.address workspace.brand workspace.name
`
