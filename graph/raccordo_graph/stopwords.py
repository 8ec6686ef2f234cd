"""Words that say nothing about a subject, already folded: Italian, English, and the boiler-plate of town halls."""

ITALIAN = frozenset(
    """
    a abbia abbiamo abbiano ad adesso agli ai al alcun alcuna alcune alcuni all alla alle allo allora altra altre altri
    altro anche ancora anzi appena assai avanti avere aveva avevano avra avranno avrebbe avrebbero basta bene c
    che chi ci cio cioe circa coi col colla come con contro cosa cosi cui d da dagli dai dal dall dalla dalle dallo
    deve devono debba debbono degli dei del dell della delle dello dentro di dice dire dove dopo dovrebbe due durante e
    ecco ed egli ella entro era erano essa esse essere essi esso eta fa faccio fanno fare fatta fatte fatti fatto fin
    fino forse fra fu fuori gia giu gli grazie ha hai hanno ho i il in infine insomma intanto invece io is l la le
    lei li lo loro lui ma mai me medesimo meglio meno mentre mi mia mie miei mio molta molte molti molto ne neanche
    negli nei nel nell nella nelle nello nemmeno neppure nessun nessuna nessuno niente nn no noi non nostra nostre
    nostri nostro nulla o od ogni ognuno ognuna oltre oppure ora ormai per perche percio pero piu po poca poche pochi
    poco poi possiamo possono potrebbe pur pure puo qua qual quale quali qualche qualcosa qualcuna qualcuno quali
    quando quante quanti quanto quasi quegli quei quel quell quella quelle quelli quello questa queste questi questo
    qui quindi sa sapere sappiamo sara saranno sarebbe se sei sembra sempre senza seppure si sia siamo siano sino
    solo solamente soltanto sono sopra soprattutto sotto sta stare stata state stati stato stesso stessa stesse stessi
    su sua sue sugli sui sul sull sulla sulle sullo suo suoi tale tali tanta tante tanti tanto te ti tra tre troppo
    tu tua tue tuo tuoi tutta tutte tutti tutto u un una uno va vai vanno verso vi via voi vorrei vorremmo vostra
    vostre vostri vostro vuole vogliono x cmq
    """.split()
)
"""Articles, prepositions, pronouns, auxiliaries and the abbreviations of hurried typing."""

ENGLISH = frozenset(
    """
    a about above after again all also am an and any are as at be because been before being between both but by can
    cannot could did do does doing down during each etc for from further had has have having he her here hers him his
    how i if in into is it its itself just like may me might more most must my no nor not now of off on once only or
    other our ours out over own per same she should so some such than that the their theirs them then there these
    they this those through to too under until up upon us very via was we were what when where which while who whom
    why will with within without would you your yours
    """.split()
)

BOILERPLATE = frozenset(
    """
    abitante abitanti bisogno bisogni cerca cercano cerchiamo chiede chiedere chiediamo chiedono comunale comunali
    comune comuni comunita comunitario ente enti esigenza esigenze euro intercomunale laboratori laboratorio lab labs
    laboratory laboratories municipale municipali municipality municipalities municipal municipio municipi
    necessita occorre paese paesi politecnico polimi poter possibile riguarda serve servono servire sindaco town
    towns university universita dipartimento gruppo group groups research ricerca ricerche
    anno anni mese mesi giorno giorni settimana settimane volta volte primo prima secondo cose parte tipo modo
    new nuova nuove nuovi nuovo ask chiede help aiuta aiutare aiuto used using use
    """.split()
)
"""Said in every need and on every card, and therefore worth nothing."""

STOPWORDS = ITALIAN | ENGLISH | BOILERPLATE
