"""Common first names in the UK that are not also everyday words, months or well-known places.

Left out on purpose: Grace, Rose, Joy, Hope, Mark, Will, May, Victoria, Florence and the like.
A name that is not here is still found where the words around it give it away.
"""

_NAMES = (
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
FIRST_NAMES = frozenset(_NAMES.split())
