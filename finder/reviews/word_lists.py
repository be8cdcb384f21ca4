"""Words by which the rules tell names and strong language from ordinary talk."""

_FIRST_NAMES = (
    "Aaron Abigail Adam Aisha Alan Alex Alexander Alfie Alice Alison Amanda Amelia Amina Amy Andrea"
    " Andrew Angela Anna Anne Annie Anthony Ashley Barbara Becky Ben Benjamin Beth Bethany Brian"
    " Callum Cameron Carol Caroline Carolyn Catherine Charlie Chloe Chris Christine Christopher"
    " Claire Clare Colin Connor Daniel Danielle Darren David Deborah Debbie Denise Diane Donna"
    " Dorothy Edward Eilidh Elaine Eleanor Elizabeth Ella Ellie Emily Emma Eric Erin Ethan Evie"
    " Fatima Fiona Freya Gareth Gary Gemma Geoff Gillian Graham Greg Hannah Harriet Harry Hayley"
    " Helen Henry Ian Imogen Isabel Isabella Isla Jacqueline Jake James Jane Janet Janice Jason"
    " Jennifer Jenny Jess Jessica Joanna Joanne John Jonathan Joseph Josh Joshua Julia Julie Karen"
    " Kate Katherine Kathleen Kathryn Katie Keith Kelly Kenneth Kerry Kevin Kieran Kirsty Laura"
    " Lauren Leanne Lesley Liam Linda Lindsay Lisa Liz Lorraine Louise Lucy Luke Lynn Lynne"
    " Margaret Maria Marie Martin Mary Matthew Maureen Megan Melanie Melissa Michael Michelle Mike"
    " Mohammed Muhammad Molly Naomi Natalie Natasha Nathan Niamh Nicholas Nicola Nigel Noah Olivia"
    " Oliver Omar Oscar Owen Patricia Paul Paula Pauline Peter Philip Phoebe Priya Rachel Rebecca"
    " Rhys Richard Robert Roger Ruth Ryan Sally Samantha Samuel Sandra Sarah Sean Shannon Sharon"
    " Sheila Shona Sian Simon Sinead Sophia Sophie Stephanie Stephen Steve Steven Stuart Sue Susan"
    " Suzanne Theo Theresa Thomas Tim Timothy Tina Tom Tracey Tracy Vanessa Wendy William Yasmin"
    " Yvonne Zara Zoe"
)
FIRST_NAMES = frozenset(_FIRST_NAMES.split())
"""Common first names in the UK that are not also everyday words, months or well-known places.

Left out on purpose: Grace, Rose, Joy, Hope, Mark, Will, May, Victoria, Florence and the like.
A name that is not here is still found where the words around it give it away.
"""

_NOT_PEOPLE = (
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June"
    " July August September October November December Christmas Easter Halloween Ramadan Eid Diwali"
    " Everyone Everybody Someone Somebody Nobody Anyone People Parents Parent Mums Mum Dads Dad"
    " Staff Volunteers Volunteer They She He It We You This That These Those Who Which There Then"
    " The A An One Two Another Other Others Leader Leaders Librarian Librarians Host Hosts Teacher"
    " Teachers Organiser Organisers Group Groups Session Sessions Class Classes Children Kids Baby"
    " Babies Toddlers Grandparents Nan Gran Granny Grandad Grandma Childminders Church Library"
    " Council Centre Center School Nursery Cafe Café Hall Museum Pool Leisure Street Road Park"
    " Square House Room Chapel Cathedral Theatre Cinema Health Visitors Visitor Midwives Midwife"
    " English British Scottish Welsh Irish Polish French Spanish Urdu Arabic Somali But And So Not"
    " Singing Messy Story Rhyme Time Play Music Swimming Sensory Coffee Everything Nothing Half"
    " Really Very Also Never Always Sometimes Usually Lovely Great Good If When While After Before"
    " Our My Your Their His Her No Yes Just Only Most Many Some All Both Each WhatsApp Facebook"
    " Polly Tumble Tickle Rabbit Goose Foster Macdonald MacDonald Sun Moon Bear Claus Rhymetime"
    " Bookbug Whoever God Jesus"
)
NOT_PEOPLE = frozenset(_NOT_PEOPLE.split())
"""Words with a capital letter that stand where a name could, and name nobody."""

_ORDINARY = """
    barf beanbag beanbags bong boobies booby booty bung bunga chug chugs chunky cocky cumquat
    diddle dipstick dong doodoo dope dumb faeces farty flange floo gables geez geezer geni gummer
    gypsies gypsy hadji haji hajis hajji hajjis hillbillies hillbilly hobo honkers hooker hookers
    hooters hussy idiot jeez jig jigger jiggers jiggy jigs kumquat limey limy looser magicwand mams
    mocky moslem muff muncher niggle niggled niggles niggling noonan nudger orga pansies pansy payo
    peepee pollock pollocks pom poms poo poop pooper pooperscooper pooping pud pudd puke puss
    quickie rearend rere rigger scallywag slave sooties sooty spit spitter squinty stringer stupid
    sucker swallower taff tang threeway tinker tinkers triplex twinkie vomit weenie weewee welfare
    whacker whiz willie yank yanks
"""
ORDINARY = frozenset(_ORDINARY.split())
"""Words that the list of strong language holds (npm's `cuss`, vendor/words/strong.txt), and that
people say of babies, places and food.

A parent who writes "poo everywhere" or "I felt stupid" should not wait for a moderator. Nor should
anybody who says who they are.
"""

_ALSO_STRONG = """
    bastard bastards bitch bitches bitchy dickhead nazi nazis paedophile pedophile rapist scum shit
    shits shitty slag slags turd
"""
ALSO_STRONG = frozenset(_ALSO_STRONG.split())
"""Words that are strong for us, and of which the list is only half sure ("god" and "tinkle" are
others of these).
"""
