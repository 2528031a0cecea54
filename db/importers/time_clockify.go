package importers

// clockify is Clockify's detailed report. Its header is in the language of the
// person who exported, dates and times are written as that person has set it,
// and columns can be left out. Older headers say Task, newer ones may say
// Activity and have Type, Invoiced and Invoice ID.
var clockify = timeTool{
	name: "Clockify",
	columns: map[string]timeField{
		"project": fieldProject, "client": fieldClient, "description": fieldText, "task": fieldTask, "activity": fieldTask,
		"user": fieldPerson, "group": fieldOther, "email": fieldMail, "tags": fieldTags, "tag": fieldTags,
		"type": fieldType, "billable": fieldBillable, "invoiced": fieldInvoiced, "invoice id": fieldOther,
		"start date": fieldDate, "start time": fieldStart, "end date": fieldEndDate, "end time": fieldEnd,
		"duration (h)": fieldLength, "duration (decimal)": fieldHours,
		"billable rate": fieldOther, "billable amount": fieldOther, "cost rate": fieldOther, "cost amount": fieldOther,
		"date of creation": fieldCreated,

		"projekt": fieldProject, "kunde": fieldClient, "beschreibung": fieldText, "aufgabe": fieldTask, "benutzer": fieldPerson, "gruppe": fieldOther,
		"e-mail": fieldMail, "abrechenbar": fieldBillable, "startdatum": fieldDate, "startzeit": fieldStart, "enddatum": fieldEndDate, "endzeit": fieldEnd,
		"dauer (h)": fieldLength, "dauer (dezimal)": fieldHours, "dauer (dezimalzahl)": fieldHours, "dauer (decimal)": fieldHours,
		"abrechenbarer tarif": fieldOther, "rechnungsbetrag": fieldOther,

		"projet": fieldProject, "tâche": fieldTask, "utilisateur": fieldPerson, "groupe": fieldOther, "facturable": fieldBillable,
		"date de début": fieldDate, "heure de début": fieldStart, "date de fin": fieldEndDate, "heure de fin": fieldEnd,
		"durée (h)": fieldLength, "durée (décimal)": fieldHours, "durée (décimale)": fieldHours,

		"proyecto": fieldProject, "cliente": fieldClient, "descripción": fieldText, "tarea": fieldTask, "usuario": fieldPerson, "grupo": fieldOther,
		"correo electrónico": fieldMail, "etiquetas": fieldTags,
		"fecha de inicio": fieldDate, "hora de inicio": fieldStart, "fecha de finalización": fieldEndDate, "hora de finalización": fieldEnd,
		"duración (h)": fieldLength, "duración (decimal)": fieldHours,
	},
	noWork: map[string]bool{"break": true, "pause": true, "descanso": true, "holiday": true, "time off": true, "time_off": true},
}
